package gridcase.registry;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import gridcase.clock.PlatformClock;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The people who work with the platform. */
@Component
public class StaffDirectory {

	private final RegistryStore store;

	private final JdbcClient jdbc;

	private final PlatformClock clock;

	StaffDirectory(RegistryStore store, JdbcClient jdbc, PlatformClock clock) {
		this.store = store;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	public Optional<Staff> find(String login, Instant at) {
		return Optional.ofNullable(this.store.at(at).staff.get(login));
	}

	/**
	 * Reads a person.
	 * @throws NotInRegistry when there is none with this sign-in name
	 */
	public Staff get(String login, Instant at) {
		return find(login, at).orElseThrow(() -> new NotInRegistry(RegistryKind.STAFF, login, at));
	}

	public List<Staff> ofPlace(String place, Instant at) {
		return all(at).stream().filter((person) -> person.place().equals(place)).toList();
	}

	/** People who belong to a unit, whatever their duties. */
	public List<Staff> ofUnit(String unit, Instant at) {
		return all(at).stream().filter((person) -> unit.equals(person.unit())).toList();
	}

	/** People of a place with exactly this name. */
	public List<Staff> named(String place, String name, Instant at) {
		return ofPlace(place, at).stream().filter((person) -> person.name().equals(name)).toList();
	}

	public List<Staff> withPhone(String phone, Instant at) {
		return all(at).stream().filter((person) -> phone.equals(person.phone())).toList();
	}

	/** The bcrypt hash a person signs in with; empty when none was set. */
	public Optional<String> passwordHash(String login) {
		return this.jdbc.sql("select password_hash from staff_password where login = ?")
			.param(login)
			.query(String.class)
			.optional();
	}

	/**
	 * Sets what a person signs in with.
	 * @param login sign-in name
	 * @param bcryptHash bcrypt hash of the password, never the password
	 */
	public void setPasswordHash(String login, String bcryptHash) {
		this.jdbc.sql("""
				insert into staff_password (login, password_hash, set_at) values (?, ?, ?)
				on conflict (login) do update set password_hash = excluded.password_hash, set_at = excluded.set_at""")
			.params(login, bcryptHash, this.clock.now().atOffset(ZoneOffset.UTC))
			.update();
	}

	/**
	 * Sets the same password for many people at once.
	 * @param logins sign-in names
	 * @param bcryptHash bcrypt hash of the password, never the password
	 */
	void setPasswordHash(List<String> logins, String bcryptHash) {
		this.jdbc.sql("""
				insert into staff_password (login, password_hash, set_at)
				select login, ?, ? from unnest(?) as people (login)
				on conflict (login) do update set password_hash = excluded.password_hash, set_at = excluded.set_at""")
			.params(bcryptHash, this.clock.now().atOffset(ZoneOffset.UTC), logins.toArray(new String[0]))
			.update();
	}

	private List<Staff> all(Instant at) {
		return List.copyOf(this.store.at(at).staff.values());
	}

}
