package gridcase.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The tree is the one of RFC 6962: known roots, and every path of every small tree. */
class MerkleTests {

	/** The eight leaves of the reference implementation's tests. */
	private static final String[] INPUTS = { "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
			"606162636465666768696a6b6c6d6e6f" };

	private static final String[] ROOTS = { "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
			"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
			"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
			"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
			"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
			"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
			"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
			"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328" };

	@Test
	void rootsAreThoseOfTheReference() {
		Merkle tree = new Merkle();
		assertThat(Digests.hex(tree.root()))
			.isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
		for (int i = 0; i < INPUTS.length; i++) {
			tree.add(Merkle.leaf(Digests.bytes(INPUTS[i])));
			assertThat(Digests.hex(tree.root())).as("%d leaves", i + 1).isEqualTo(ROOTS[i]);
		}
	}

	@Test
	void everyPathLeadsToTheRootAndNoOtherLeafDoes() {
		for (int size = 1; size <= 33; size++) {
			List<byte[]> leaves = new ArrayList<>();
			Merkle tree = new Merkle();
			for (int i = 0; i < size; i++) {
				leaves.add(Merkle.leaf(("leaf " + i).getBytes(StandardCharsets.UTF_8)));
				tree.add(leaves.get(i));
			}
			for (int i = 0; i < size; i++) {
				List<byte[]> path = Merkle.path(leaves, i);
				assertThat(Merkle.follow(leaves.get(i), i, size, path)).as("%d of %d", i, size).isEqualTo(tree.root());
				byte[] other = Merkle.leaf("another".getBytes(StandardCharsets.UTF_8));
				assertThat(Merkle.follow(other, i, size, path)).isNotEqualTo(tree.root());
				if (size > 1) {
					assertThat(Merkle.follow(leaves.get(i), (i + 1) % size, size, path)).isNotEqualTo(tree.root());
					assertThat(Merkle.follow(leaves.get(i), i, size, path.subList(1, path.size())))
						.isNotEqualTo(tree.root());
				}
			}
		}
	}

	@Test
	void aPathOfAnotherSizeLeadsNowhere() {
		byte[] leaf = Merkle.leaf(new byte[0]);
		assertThat(Merkle.follow(leaf, 0, 1, List.of(leaf))).isNull();
		assertThat(Merkle.follow(leaf, 1, 1, List.of())).isNull();
		assertThat(Merkle.follow(leaf, -1, 1, List.of())).isNull();
		assertThat(Merkle.follow(leaf, 0, 2, List.of())).isNull();
	}

}
