/**
 * Where policy staff change the rules: drafts of tables, diagrams and forms, their
 * checks, their trial on past cases, and their way into force.
 */
package gridcase.studio;
