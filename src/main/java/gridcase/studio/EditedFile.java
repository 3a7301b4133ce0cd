package gridcase.studio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import gridcase.policy.XmlElement;
import gridcase.studio.SameRule.Shape;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * A table or diagram as an editor hands it back. An editor writes the whole file anew, in
 * its own hand and without remarks; kept is the file as it was written, with what was
 * changed: whoever compares two versions, or keeps the rules in Git, sees that and
 * nothing else.
 */
final class EditedFile {

	private final String before;

	private final String edited;

	private EditedFile(String before, String edited) {
		this.before = before;
		this.edited = edited;
	}

	/**
	 * The file with what an editor changed in it.
	 * @param before the file as it was
	 * @param edited what the editor made of it
	 * @return what says the same as {@code edited}; that itself if one of the two is no
	 * XML in UTF-8
	 */
	static byte[] inHandOf(byte[] before, byte[] edited) {
		try {
			Element was = SameRule.root(before);
			Element is = SameRule.root(edited);
			EditedFile file = new EditedFile(decoded(before), decoded(edited));
			Piece old = new Piece(XmlElement.read(file.before), was, 0);
			String merged = file.before.substring(0, old.xml.start())
					+ file.merged(old, new Piece(XmlElement.read(file.edited), is, 0))
					+ file.before.substring(old.xml.end());
			byte[] kept = merged.getBytes(StandardCharsets.UTF_8);
			return SameRule.shape(kept).equals(SameRule.shape(is)) ? kept : edited;
		}
		catch (IOException | SAXException | IllegalArgumentException ex) {
			// it is kept as it is; what is wrong with it, its check says
			return edited;
		}
	}

	private static String decoded(byte[] file) {
		String text = new String(file, StandardCharsets.UTF_8);
		if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), file)) {
			throw new IllegalArgumentException("not UTF-8");
		}
		return text;
	}

	/** An element, where it stands and what it says. */
	private static final class Piece {

		private final XmlElement xml;

		private final Element element;

		private final Shape shape;

		private final List<Piece> children = new ArrayList<>();

		/** Its place among its parent's children, from 0. */
		private final int number;

		Piece(XmlElement xml, Element element, int number) {
			this.xml = xml;
			this.element = element;
			this.shape = SameRule.shape(element);
			this.number = number;
			for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
				if (child instanceof Element inner) {
					this.children.add(new Piece(xml.children().get(this.children.size()), inner, this.children.size()));
				}
			}
		}

		String id() {
			return this.shape.attributes().get("id");
		}

		/** Where the white space and remarks before a child begin. */
		int lead(Piece child) {
			return (child.number == 0) ? this.xml.openEnd() : this.children.get(child.number - 1).xml.end();
		}

	}

	private String merged(Piece old, Piece now) {
		if (old.shape.equals(now.shape)) {
			return text(old);
		}
		if (!old.shape.name().equals(now.shape.name()) || old.xml.empty() && !now.xml.empty()) {
			return written(now.xml.start(), now.xml.end());
		}
		StringBuilder merged = new StringBuilder(open(old, now));
		if (old.xml.empty()) {
			return merged.toString();
		}
		if (old.children.isEmpty() && now.children.isEmpty()) {
			merged.append(written(now.xml.openEnd(), now.xml.closeStart()));
		}
		else {
			children(old, now, merged);
		}
		return merged.append(this.before, old.xml.closeStart(), old.xml.end()).toString();
	}

	private void children(Piece old, Piece now, StringBuilder merged) {
		Map<Piece, Piece> kept = matched(old.children, now.children);
		Map<Piece, Piece> became = new IdentityHashMap<>();
		kept.forEach((is, was) -> became.put(was, is));
		for (Piece child : moved(now.children, kept) ? now.children
				: inOldOrder(old.children, now.children, kept, became)) {
			Piece was = kept.get(child);
			if (was != null) {
				merged.append(this.before, old.lead(was), was.xml.start()).append(merged(was, child));
			}
			else {
				merged.append(written(now.lead(child), child.xml.end()));
			}
		}
		int last = old.children.isEmpty() ? old.xml.openEnd() : old.children.get(old.children.size() - 1).xml.end();
		merged.append(this.before, last, old.xml.closeStart());
	}

	/** What a child of the edited file was before; by its id, else by what it says. */
	private static Map<Piece, Piece> matched(List<Piece> old, List<Piece> now) {
		Map<Piece, Piece> matched = new IdentityHashMap<>();
		Set<Integer> used = new HashSet<>();
		for (boolean exactly : new boolean[] { true, false }) {
			for (Piece child : now) {
				for (int n = 0; n < old.size() && !matched.containsKey(child); n++) {
					Piece was = old.get(n);
					boolean same = (child.id() != null) ? exactly && child.id().equals(was.id())
							: was.id() == null && (!exactly || child.shape.equals(was.shape));
					if (same && child.shape.name().equals(was.shape.name()) && used.add(n)) {
						matched.put(child, was);
					}
				}
			}
		}
		return matched;
	}

	/** Whether elements changed places of which the order counts. */
	private static boolean moved(List<Piece> now, Map<Piece, Piece> kept) {
		Set<String> kinds = new HashSet<>();
		now.forEach((child) -> kinds.add(child.shape.name()));
		kinds.removeAll(SameRule.UNORDERED);
		for (String kind : kinds) {
			int[] places = now.stream()
				.filter((child) -> child.shape.name().equals(kind) && kept.containsKey(child))
				.mapToInt((child) -> kept.get(child).number)
				.toArray();
			if (!Arrays.equals(places, Arrays.stream(places).sorted().toArray())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The edited children as those kept stood before, each new one behind its neighbour.
	 */
	private static List<Piece> inOldOrder(List<Piece> old, List<Piece> now, Map<Piece, Piece> kept,
			Map<Piece, Piece> became) {
		List<Piece> order = new ArrayList<>();
		old.stream().map(became::get).filter(Objects::nonNull).forEach(order::add);
		for (int n = 0; n < now.size(); n++) {
			if (!kept.containsKey(now.get(n))) {
				order.add((n == 0) ? 0 : order.indexOf(now.get(n - 1)) + 1, now.get(n));
			}
		}
		return order;
	}

	/** The opening tag, with the attributes that changed. */
	private String open(Piece old, Piece now) {
		String tag = this.before.substring(old.xml.start(), old.xml.openEnd());
		if (old.shape.attributes().equals(now.shape.attributes())) {
			return tag;
		}
		StringBuilder changed = new StringBuilder(tag);
		// from behind, so that places stay where they are
		attributes(old.element).stream()
			.filter((attribute) -> !attribute.getName().startsWith("xmlns"))
			.sorted((one, other) -> old.xml.attributePlace(other.getName())[0]
					- old.xml.attributePlace(one.getName())[0])
			.forEach((attribute) -> {
				int[] place = old.xml.attributePlace(attribute.getName());
				int from = place[0] - old.xml.start();
				int to = place[1] - old.xml.start();
				if (!now.element.hasAttribute(attribute.getName())) {
					int begin = tag.lastIndexOf(attribute.getName(), from - 1);
					while (Character.isWhitespace(tag.charAt(begin - 1))) {
						begin--;
					}
					changed.delete(begin, to + 1);
				}
				else if (!now.element.getAttribute(attribute.getName()).equals(attribute.getValue())) {
					int[] written = now.xml.attributePlace(attribute.getName());
					changed.replace(from, to, written(written[0], written[1]));
				}
			});
		int end = changed.length() - (old.xml.empty() ? 2 : 1);
		while (Character.isWhitespace(changed.charAt(end - 1))) {
			end--;
		}
		for (Attr attribute : attributes(now.element)) {
			if (!old.element.hasAttribute(attribute.getName())) {
				int[] written = now.xml.attributePlace(attribute.getName());
				changed.insert(end, " " + attribute.getName() + "=\"" + written(written[0], written[1]) + "\"");
			}
		}
		return changed.toString();
	}

	private static List<Attr> attributes(Element element) {
		List<Attr> attributes = new ArrayList<>();
		for (int n = 0; n < element.getAttributes().getLength(); n++) {
			attributes.add((Attr) element.getAttributes().item(n));
		}
		return attributes;
	}

	private String text(Piece piece) {
		return this.before.substring(piece.xml.start(), piece.xml.end());
	}

	/** As the editor wrote it; its quotes are between double ones. */
	private String written(int from, int to) {
		return this.edited.substring(from, to).replace("&#39;", "'");
	}

}
