package gridcase.casework;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import gridcase.clock.PlatformClock;
import gridcase.registry.Duties;
import gridcase.registry.Staff;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** What the people of the units somebody heads have to do. */
@Component
public class Teams {

	/** The most tasks of one member that are listed. */
	public static final int MOST = 200;

	private final Assignments assignments;

	private final Inbox inbox;

	private final Units units;

	private final Duties duties;

	private final PlatformClock clock;

	private final NamedParameterJdbcTemplate jdbc;

	Teams(Assignments assignments, Inbox inbox, Units units, Duties duties, PlatformClock clock,
			NamedParameterJdbcTemplate jdbc) {
		this.assignments = assignments;
		this.inbox = inbox;
		this.units = units;
		this.duties = duties;
		this.clock = clock;
		this.jdbc = jdbc;
	}

	/** Whether somebody heads a unit at present, or stands in for its head. */
	public boolean heads(String login) {
		return !this.assignments.units(login).isEmpty();
	}

	/** The units somebody heads, each with its people and what they have to do. */
	public List<Team> of(String login) {
		return this.assignments.units(login).stream().map(this::team).toList();
	}

	private Team team(String code) {
		Instant now = this.clock.now();
		Unit unit = this.units.get(code, now);
		List<Staff> members = this.assignments.members(unit.place(), code);
		Map<String, int[]> loads = new HashMap<>();
		this.jdbc.query(
				"select coalesce(assignee, '') who, light_rank, count(*) n from inbox_item where lane = any (:lanes) and "
						+ ofUnit() + " group by 1, 2",
				Map.of("lanes", lanes(code, members), "unit", code, "pools", "%@" + code), (row) -> {
					loads.computeIfAbsent(row.getString("who"), (who) -> new int[4])[row.getInt("light_rank")] += row
						.getInt("n");
				});
		List<Load> each = new ArrayList<>();
		members.forEach((person) -> each
			.add(load(person.login(), loads.get(person.login()), this.duties.absent(person.login(), now))));
		return new Team(unit.place(), code, unit.name(), load(null, loads.get(""), false), each);
	}

	private static String ofUnit() {
		return "(unit = :unit or (unit is null and pool like :pools))";
	}

	/** What waits for the unit and what its people have. */
	private static String[] lanes(String unit, List<Staff> members) {
		return Stream
			.concat(members.stream().map((person) -> "a:" + person.login()),
					gridcase.registry.Roles.ALL.stream().map((role) -> "p:" + Duties.pool(role, unit)))
			.toArray(String[]::new);
	}

	private static Load load(String login, int[] lights, boolean absent) {
		int[] counted = (lights != null) ? lights : new int[4];
		return new Load(login, absent, counted[0], counted[1], counted[2], counted[3]);
	}

	/**
	 * The unit's tasks one of its people has, or that wait for anybody of it; the first
	 * {@value #MOST} by deadline.
	 * @param member sign-in name, or null for what waits
	 * @throws Refusal if the person does not head that unit
	 */
	public List<InboxRow> tasks(String login, String unit, String member) {
		if (!this.assignments.units(login).contains(unit)) {
			throw Refusal.notFound(Texts.of("casework", "casework.refused.team", unit));
		}
		String[] lanes = (member != null) ? new String[] { "a:" + member } : lanes(unit, List.of());
		return this.inbox.ofUnit(login, lanes, unit, MOST);
	}

	/**
	 * A unit.
	 *
	 * @param place place code
	 * @param unit its code
	 * @param name its name
	 * @param waiting what nobody has taken yet
	 * @param members its people
	 */
	public record Team(String place, String unit, String name, Load waiting, List<Load> members) {

	}

	/**
	 * What one person has to do for the unit, by light.
	 *
	 * @param login sign-in name; null for what waits
	 * @param absent whether the person is away at present
	 * @param over tasks overdue
	 * @param warn tasks warned of
	 * @param ok the rest that runs
	 * @param paused what stands still
	 */
	public record Load(String login, boolean absent, int over, int warn, int ok, int paused) {

		/** All of them. */
		public int all() {
			return this.over + this.warn + this.ok + this.paused;
		}

	}

}
