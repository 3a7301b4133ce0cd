/**
 * The rules: decision tables in FEEL, their releases, what they answered and why. The
 * only user of the decision engine.
 */
package gridcase.policy;
