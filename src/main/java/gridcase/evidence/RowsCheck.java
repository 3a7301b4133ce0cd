package gridcase.evidence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.audit.CaseEvent;
import gridcase.evidence.CaseContents.Decision;
import gridcase.evidence.CaseContents.Limit;
import gridcase.evidence.CaseContents.Link;

/**
 * Compares decisions, links and deadlines of a case with what its events tell of them.
 * Working seconds and moments that follow from a calendar are not derived again.
 */
final class RowsCheck {

	private static final ObjectMapper JSON = new ObjectMapper();

	private final CaseContents contents;

	private final Consumer<Fault> faults;

	private final List<Told> told = new ArrayList<>();

	private RowsCheck(CaseContents contents, Consumer<Fault> faults) {
		this.contents = contents;
		this.faults = faults;
	}

	/** An event with its data read. */
	private record Told(CaseEvent event, JsonNode data) {

		String text(String name) {
			JsonNode value = this.data.get(name);
			return (value == null || value.isNull()) ? null : value.asText();
		}

		boolean is(String kind) {
			return this.event.kind().equals(kind);
		}

	}

	static void check(CaseContents contents, Consumer<Fault> faults) {
		RowsCheck check = new RowsCheck(contents, faults);
		for (CaseEvent event : contents.events()) {
			try {
				check.told.add(new Told(event, JSON.readTree(event.data())));
			}
			catch (JsonProcessingException ex) {
				faults.accept(new Fault(FaultKind.EVENT_CHANGED, contents.caseNo(), event.seq(), "no JSON"));
				return;
			}
		}
		check.state();
		check.decisions();
		check.custody();
		check.deadlines();
	}

	private void state() {
		String state = "OPEN";
		for (Told each : this.told) {
			if (each.is("CLOSED")) {
				state = each.text("state");
			}
			else if (each.is("REOPENED")) {
				state = "OPEN";
			}
		}
		if (this.contents.file() != null && !this.contents.file().state().equals(state)) {
			fault(FaultKind.STATE_DIFFERS, null, this.contents.file().state() + ", " + state);
		}
	}

	private void decisions() {
		int at = 0;
		List<Decision> decisions = this.contents.decisions();
		for (Told each : this.told) {
			if (!each.is("DECIDED")) {
				continue;
			}
			int found = at;
			while (found < decisions.size() && !same(each, decisions.get(found))) {
				found++;
			}
			if (found < decisions.size()) {
				at = found + 1;
			}
			else {
				fault(FaultKind.DECISION_MISSING, each.event().seq(),
						each.text("table") + " v" + each.text("version") + " " + rules(each));
			}
		}
	}

	private static boolean same(Told event, Decision decision) {
		return Objects.equals(event.text("table"), decision.table())
				&& Objects.equals(event.text("version"), Integer.toString(decision.version()))
				&& Objects.equals(event.event().element(), decision.element()) && rules(event).equals(decision.rules())
				&& outputs(event, decision);
	}

	/** A single answer is told as one object, several as a list. */
	private static boolean outputs(Told event, Decision decision) {
		try {
			JsonNode rows = JSON.readTree(decision.outputs());
			JsonNode told = event.data().get("outputs");
			return rows.equals(told) || (rows.size() == 1 && rows.get(0).equals(told));
		}
		catch (JsonProcessingException ex) {
			return false;
		}
	}

	private static String rules(Told event) {
		List<String> rules = new ArrayList<>();
		event.data().path("rules").forEach((rule) -> rules.add(rule.asText()));
		return String.join(",", rules);
	}

	private void custody() {
		List<Link> links = this.contents.custody().stream().filter((link) -> !link.kind().equals("WATCHER")).toList();
		List<Told> handed = this.told.stream().filter((each) -> each.is("HANDED")).toList();
		Set<Instant> moments = new HashSet<>();
		this.told.forEach((each) -> moments.add(each.event().at()));
		for (int i = 0; i < Math.max(links.size(), handed.size()); i++) {
			Link link = (i < links.size()) ? links.get(i) : null;
			Told event = (i < handed.size()) ? handed.get(i) : null;
			if (link == null) {
				fault(FaultKind.CUSTODY_DIFFERS, event.event().seq(), "no row");
			}
			else if (event == null) {
				fault(FaultKind.CUSTODY_DIFFERS, link.no(), "no event");
			}
			else {
				compare(FaultKind.CUSTODY_DIFFERS, link.no(), "kind", event.text("kind"), link.kind());
				compare(FaultKind.CUSTODY_DIFFERS, link.no(), "leg", event.text("leg"), link.leg());
				compare(FaultKind.CUSTODY_DIFFERS, link.no(), "person", event.text("person"), link.person());
				compare(FaultKind.CUSTODY_DIFFERS, link.no(), "pool", event.text("pool"), link.pool());
				compare(FaultKind.CUSTODY_DIFFERS, link.no(), "unit", event.text("unit"), link.unit());
				compare(FaultKind.CUSTODY_DIFFERS, link.no(), "role", event.text("role"), link.role());
				compare(FaultKind.CUSTODY_DIFFERS, link.no(), "from", event.event().at(), link.from());
				compare(FaultKind.CUSTODY_DIFFERS, link.no(), "reasonCode", event.text("reasonCode"),
						link.reasonCode());
				compare(FaultKind.CUSTODY_DIFFERS, link.no(), "reasonText", event.text("reasonText"),
						link.reasonText());
				if (link.to() != null && !moments.contains(link.to())) {
					fault(FaultKind.CUSTODY_DIFFERS, link.no(), "to " + link.to());
				}
			}
		}
	}

	private void deadlines() {
		List<Told> set = this.told.stream().filter((each) -> each.is("DEADLINE_SET")).toList();
		List<Limit> limits = this.contents.deadlines();
		for (int i = 0; i < Math.max(set.size(), limits.size()); i++) {
			if (i >= limits.size()) {
				fault(FaultKind.DEADLINE_DIFFERS, set.get(i).event().seq(), "no row");
			}
			else if (i >= set.size()) {
				fault(FaultKind.DEADLINE_DIFFERS, limits.get(i).no(), "no event");
			}
			else {
				deadline(limits.get(i), set.get(i));
			}
		}
		for (Told each : this.told) {
			if (each.is("BREACHED") && limits.stream()
				.noneMatch((limit) -> limit.stage().equals(each.text("stage"))
						&& each.event().at().equals(limit.breachedAt()))) {
				fault(FaultKind.DEADLINE_DIFFERS, each.event().seq(), "BREACHED " + each.text("stage"));
			}
		}
	}

	private void deadline(Limit limit, Told set) {
		Told last = set;
		Told excused = null;
		for (Told each : this.told) {
			boolean its = Integer.toString(limit.no()).equals(each.text("no"));
			if (its && each.is("DEADLINE_MOVED")) {
				last = each;
			}
			else if (its && each.is("BREACH_EXCUSED")) {
				excused = each;
			}
		}
		FaultKind kind = FaultKind.DEADLINE_DIFFERS;
		compare(kind, limit.no(), "stage", set.text("stage"), limit.stage());
		compare(kind, limit.no(), "startedAt", set.event().at(), limit.startedAt());
		compare(kind, limit.no(), "rule", last.text("rule"), limit.rule());
		compare(kind, limit.no(), "dueAt", moment(last.text("due")), limit.dueAt());
		String value = limit.limitValue().stripTrailingZeros().toPlainString();
		if (last == set) {
			compare(kind, limit.no(), "limit",
					set.data().path("value").decimalValue().stripTrailingZeros().toPlainString() + " "
							+ set.text("unit"),
					value + " " + limit.limitUnit());
		}
		else if (last.text("limit") != null) {
			String[] told = last.text("limit").split(" ", 2);
			compare(kind, limit.no(), "limit",
					new java.math.BigDecimal(told[0]).stripTrailingZeros().toPlainString() + " " + told[1],
					value + " " + limit.limitUnit());
		}
		happened(limit, "breachedAt", "BREACHED", limit.breachedAt());
		happened(limit, "warnedAt", "WARNED", limit.warnedAt());
		compare(kind, limit.no(), "excusedAt", (excused != null) ? excused.event().at() : null, limit.excusedAt());
		if (excused != null) {
			compare(kind, limit.no(), "excuseReason", excused.text("reason"), limit.excuseReason());
		}
	}

	private void happened(Limit limit, String field, String kind, Instant at) {
		if (at != null && this.told.stream()
			.noneMatch((each) -> each.is(kind) && each.event().at().equals(at)
					&& limit.stage().equals(each.text("stage")))) {
			fault(FaultKind.DEADLINE_DIFFERS, limit.no(), field + " " + at);
		}
	}

	private static Instant moment(String text) {
		return (text != null) ? Instant.parse(text).truncatedTo(ChronoUnit.MICROS) : null;
	}

	private void compare(FaultKind kind, int no, String field, Object told, Object stored) {
		if (!Objects.equals(told, stored)) {
			fault(kind, no, field + ": " + stored + ", " + told);
		}
	}

	private void fault(FaultKind kind, Integer no, String detail) {
		this.faults.accept(new Fault(kind, this.contents.caseNo(), no, detail));
	}

}
