package gridcase.evidence;

/**
 * Something stored that is not as it was written.
 *
 * @param kind what is wrong
 * @param subject case number, or what else it is about: {@code root 12}
 * @param seq number of the event, decision, link or deadline within the case, or null
 * @param detail what exactly, in words of the files; may be empty
 */
public record Fault(FaultKind kind, String subject, Integer seq, String detail) {

}
