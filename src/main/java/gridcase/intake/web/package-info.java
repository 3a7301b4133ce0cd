/** The page on which people of the platform report. */
package gridcase.intake.web;
