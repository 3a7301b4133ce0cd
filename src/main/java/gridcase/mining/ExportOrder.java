package gridcase.mining;

import java.time.LocalDate;

/**
 * A log somebody wants.
 *
 * @param format how it is written
 * @param place place code, or null for the person's own
 * @param from first day on which a case was reported, or null
 * @param to last day, or null for today
 * @param category code of a category or class, or null for all
 * @param key logs of the same key have the same pseudonyms; null for the place's
 * @param clear whether people are called by their sign-in names
 * @param reason why, where that is so
 */
public record ExportOrder(ExportFormat format, String place, LocalDate from, LocalDate to, String category, String key,
		boolean clear, String reason) {

}
