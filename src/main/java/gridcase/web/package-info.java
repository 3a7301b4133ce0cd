/** What all pages share: layout, icons, formats of times and lights, error answers. */
package gridcase.web;
