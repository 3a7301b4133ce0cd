/** Pages of cases, tasks and the platform's operation. */
package gridcase.casework.web;
