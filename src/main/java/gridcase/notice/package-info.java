/**
 * Messages to people: written with the fact they tell of, sent afterwards, seen in the
 * platform.
 */
package gridcase.notice;
