/** Task forms: read {@code .form} files, show them, check what people filled in. */
package gridcase.form;
