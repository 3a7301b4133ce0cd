package gridcase.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;

/** Daily roots and their leaves as they are stored. */
@Component("evidenceRoots")
public class Roots {

	private final JdbcTemplate jdbc;

	/** For what is read row by row and not held. */
	private final JdbcTemplate streaming;

	Roots(DataSource dataSource) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.streaming = new JdbcTemplate(dataSource);
		this.streaming.setFetchSize(1000);
	}

	/** A leaf and where it stands. */
	record Placed(long rootNo, int leafNo, Leaf leaf) {

	}

	/** The newest root, if there is one. */
	public Optional<SignedRoot> last() {
		return this.jdbc.query("select * from evidence_root order by no desc limit 1", Roots::root)
			.stream()
			.findFirst();
	}

	/** A root by its number. */
	public Optional<SignedRoot> find(long no) {
		return this.jdbc.query("select * from evidence_root where no = ?", Roots::root, no).stream().findFirst();
	}

	/**
	 * Roots, the newest first.
	 * @param before only those with a smaller number
	 * @param most how many at most
	 */
	public List<SignedRoot> newest(long before, int most) {
		return this.jdbc.query("select * from evidence_root where no < ? order by no desc limit ?", Roots::root, before,
				most);
	}

	/** All roots from the first on. */
	public List<SignedRoot> all() {
		return this.jdbc.query("select * from evidence_root order by no", Roots::root);
	}

	long count() {
		return this.jdbc.queryForObject("select count(*) from evidence_root", Long.class);
	}

	void add(SignedRoot root) {
		this.jdbc.update(
				"insert into evidence_root (no, day, taken_at, leaves, root, key_id, statement, signature) values (?, ?, ?, ?, ?, ?, ?, ?)",
				root.no(), root.day(), java.sql.Timestamp.from(root.takenAt()), root.leaves(),
				Digests.bytes(root.root()), root.keyId(), root.statement(),
				Base64.getDecoder().decode(root.signature()));
	}

	void add(List<Placed> leaves) {
		this.jdbc.batchUpdate(
				"insert into evidence_leaf (root_no, leaf_no, kind, subject, seq, hash, number, second_hash, detail) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
				leaves, leaves.size(), (statement, placed) -> {
					Leaf leaf = placed.leaf();
					statement.setLong(1, placed.rootNo());
					statement.setInt(2, placed.leafNo());
					statement.setString(3, leaf.kind());
					statement.setString(4, leaf.subject());
					statement.setObject(5, leaf.seq(), java.sql.Types.BIGINT);
					statement.setBytes(6, leaf.hash());
					statement.setObject(7, leaf.number(), java.sql.Types.BIGINT);
					statement.setBytes(8, leaf.secondHash());
					statement.setString(9, leaf.detail());
				});
	}

	/** Leaves of a day one by one, in their order; needs a transaction. */
	void leaves(long rootNo, Consumer<Placed> reader) {
		this.streaming.query("select * from evidence_leaf where root_no = ? order by leaf_no",
				(RowCallbackHandler) (row) -> reader.accept(placed(row, 0)), rootNo);
	}

	/** Hashes of all leaves of a day. */
	List<byte[]> hashes(long rootNo) {
		List<byte[]> hashes = new ArrayList<>();
		this.jdbc.query("select * from evidence_leaf where root_no = ? order by leaf_no", (row) -> {
			hashes.add(placed(row, 0).leaf().merkleHash());
		}, rootNo);
		return hashes;
	}

	/** Leaves of one thing, the oldest first. */
	List<Placed> of(String kind, String subject) {
		return this.jdbc.query("select * from evidence_leaf where subject = ? and kind = ? order by root_no, leaf_no",
				Roots::placed, subject, kind);
	}

	static Placed placed(ResultSet row, int number) throws SQLException {
		return new Placed(row.getLong("root_no"), row.getInt("leaf_no"),
				new Leaf(row.getString("kind"), row.getString("subject"), row.getObject("seq", Long.class),
						row.getBytes("hash"), row.getObject("number", Long.class), row.getBytes("second_hash"),
						row.getString("detail")));
	}

	private static SignedRoot root(ResultSet row, int number) throws SQLException {
		return new SignedRoot(row.getLong("no"), row.getDate("day").toLocalDate(),
				row.getTimestamp("taken_at").toInstant(), row.getLong("leaves"), Digests.hex(row.getBytes("root")),
				row.getString("key_id"), row.getString("statement"),
				Base64.getEncoder().encodeToString(row.getBytes("signature")));
	}

}
