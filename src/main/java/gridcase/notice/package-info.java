/** Messages to people: written with the fact they tell of, delivered afterwards. */
package gridcase.notice;
