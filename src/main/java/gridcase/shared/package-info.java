/** Tiny types without a business name, for every module. */
package gridcase.shared;
