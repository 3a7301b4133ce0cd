/** Personal data: sealed at rest, masked on screen, sealed anew when the key changes. */
package gridcase.privacy;
