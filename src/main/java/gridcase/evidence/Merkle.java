package gridcase.evidence;

import java.util.ArrayList;
import java.util.List;

/**
 * The tree of RFC 6962 (certificate transparency): leaves and nodes are hashed with
 * different first bytes, so that neither can be passed off as the other.
 */
final class Merkle {

	private static final byte[] LEAF = { 0 };

	private static final byte[] NODE = { 1 };

	/** Roots of the complete trees so far, the largest first, with their sizes. */
	private final List<byte[]> complete = new ArrayList<>();

	private final List<Integer> sizes = new ArrayList<>();

	private int count;

	static byte[] leaf(byte[] content) {
		return Digests.sha256(LEAF, content);
	}

	private static byte[] node(byte[] left, byte[] right) {
		return Digests.sha256(NODE, left, right);
	}

	/** Adds the next leaf; needs room for the logarithm of their number only. */
	void add(byte[] leafHash) {
		this.complete.add(leafHash);
		this.sizes.add(1);
		this.count++;
		int last = this.complete.size() - 1;
		while (last > 0 && this.sizes.get(last - 1).equals(this.sizes.get(last))) {
			byte[] right = this.complete.remove(last);
			int size = this.sizes.remove(last);
			last--;
			this.complete.set(last, node(this.complete.get(last), right));
			this.sizes.set(last, size * 2);
		}
	}

	int count() {
		return this.count;
	}

	/** The root of the leaves so far; of none the hash of nothing. */
	byte[] root() {
		if (this.complete.isEmpty()) {
			return Digests.sha256();
		}
		byte[] root = this.complete.get(this.complete.size() - 1);
		for (int i = this.complete.size() - 2; i >= 0; i--) {
			root = node(this.complete.get(i), root);
		}
		return root;
	}

	/**
	 * The hashes beside the way from a leaf to the root, from the leaf up.
	 * @param leaves hashes of all leaves
	 * @param index which leaf, from 0
	 */
	static List<byte[]> path(List<byte[]> leaves, int index) {
		List<byte[]> path = new ArrayList<>();
		collect(leaves, index, path);
		return path;
	}

	private static void collect(List<byte[]> leaves, int index, List<byte[]> path) {
		if (leaves.size() <= 1) {
			return;
		}
		int split = Integer.highestOneBit(leaves.size() - 1);
		List<byte[]> left = leaves.subList(0, split);
		List<byte[]> right = leaves.subList(split, leaves.size());
		if (index < split) {
			collect(left, index, path);
			path.add(rootOf(right));
		}
		else {
			collect(right, index - split, path);
			path.add(rootOf(left));
		}
	}

	private static byte[] rootOf(List<byte[]> leaves) {
		Merkle tree = new Merkle();
		leaves.forEach(tree::add);
		return tree.root();
	}

	/**
	 * The root a leaf leads to by its path (RFC 9162, 2.1.3.2).
	 * @param leaf hash of the leaf
	 * @param index which leaf, from 0
	 * @param size how many leaves there are
	 * @param path hashes beside the way
	 * @return the root, or null if the path does not fit the size
	 */
	static byte[] follow(byte[] leaf, long index, long size, List<byte[]> path) {
		if (index < 0 || index >= size) {
			return null;
		}
		long at = index;
		long last = size - 1;
		byte[] hash = leaf;
		for (byte[] beside : path) {
			if (last == 0) {
				return null;
			}
			if ((at & 1) == 1 || at == last) {
				hash = node(beside, hash);
				while ((at & 1) == 0 && at != 0) {
					at >>= 1;
					last >>= 1;
				}
			}
			else {
				hash = node(hash, beside);
			}
			at >>= 1;
			last >>= 1;
		}
		return (last == 0) ? hash : null;
	}

}
