/** Signing in, the current person and what roles may do. */
package gridcase.security;
