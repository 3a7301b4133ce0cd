package gridcase.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An element of an XML file and where it stands in the text, for changes that leave the
 * rest as it was written.
 */
public final class XmlElement {

	private final String text;

	private final String qualified;

	private final int start;

	private int openEnd;

	private int closeStart;

	private int end;

	private boolean empty;

	private final List<XmlElement> children = new ArrayList<>();

	private XmlElement(String text, String qualified, int start) {
		this.text = text;
		this.qualified = qualified;
		this.start = start;
	}

	/**
	 * Reads a file.
	 * @return its root
	 * @throws IllegalArgumentException if tags do not match, or it has a DOCTYPE; it does
	 * not look for all that makes a file no XML
	 */
	public static XmlElement read(String text) {
		XmlElement document = new XmlElement(text, "", 0);
		List<XmlElement> open = new ArrayList<>(List.of(document));
		int at = text.indexOf('<');
		while (at >= 0) {
			XmlElement within = open.get(open.size() - 1);
			if (text.startsWith("<!--", at)) {
				at = behind(text, "-->", at + 4);
			}
			else if (text.startsWith("<![CDATA[", at)) {
				at = behind(text, "]]>", at);
			}
			else if (text.startsWith("<?", at)) {
				at = behind(text, "?>", at);
			}
			else if (text.startsWith("<!", at)) {
				throw new IllegalArgumentException("DOCTYPE");
			}
			else if (text.startsWith("</", at)) {
				within.closeStart = at;
				at = behind(text, ">", at);
				within.end = at;
				open.remove(open.size() - 1);
			}
			else {
				XmlElement element = new XmlElement(text, name(text, at + 1), at);
				at = tagEnd(text, at);
				element.openEnd = at;
				within.children.add(element);
				if (text.charAt(at - 2) == '/') {
					element.empty = true;
					element.closeStart = at;
					element.end = at;
				}
				else {
					open.add(element);
				}
			}
			at = text.indexOf('<', at);
		}
		if (open.size() != 1 || document.children.size() != 1) {
			throw new IllegalArgumentException("not well-formed");
		}
		return document.children.get(0);
	}

	private static int behind(String text, String end, int from) {
		int at = text.indexOf(end, from);
		if (at < 0) {
			throw new IllegalArgumentException("not well-formed");
		}
		return at + end.length();
	}

	private static String name(String text, int from) {
		int to = from;
		while (!Character.isWhitespace(text.charAt(to)) && "/>".indexOf(text.charAt(to)) < 0) {
			to++;
		}
		return text.substring(from, to);
	}

	private static int tagEnd(String text, int from) {
		char quote = 0;
		for (int at = from; at < text.length(); at++) {
			char letter = text.charAt(at);
			if (quote != 0) {
				quote = (letter == quote) ? 0 : quote;
			}
			else if (letter == '"' || letter == '\'') {
				quote = letter;
			}
			else if (letter == '>') {
				return at + 1;
			}
		}
		throw new IllegalArgumentException("not well-formed");
	}

	/** Where its tag begins. */
	public int start() {
		return this.start;
	}

	/** Behind its opening tag. */
	public int openEnd() {
		return this.openEnd;
	}

	/** Where its closing tag begins; of an empty tag its end. */
	public int closeStart() {
		return this.closeStart;
	}

	/** Behind the whole of it. */
	public int end() {
		return this.end;
	}

	/** Whether it is an empty tag. */
	public boolean empty() {
		return this.empty;
	}

	/** Name with its prefix. */
	public String qualified() {
		return this.qualified;
	}

	/** The elements within it, in their order. */
	public List<XmlElement> children() {
		return this.children;
	}

	/** Name without prefix. */
	String name() {
		return this.qualified.substring(this.qualified.indexOf(':') + 1);
	}

	String prefix() {
		return this.qualified.substring(0, this.qualified.indexOf(':') + 1);
	}

	List<XmlElement> children(String name) {
		return this.children.stream().filter((child) -> child.name().equals(name)).toList();
	}

	/** The first such element below. */
	XmlElement first(String name) {
		XmlElement found = find(name);
		if (found == null) {
			throw new IllegalArgumentException("no " + name);
		}
		return found;
	}

	private XmlElement find(String name) {
		for (XmlElement child : this.children) {
			XmlElement found = child.name().equals(name) ? child : child.find(name);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	/** Value of an attribute as written, null if there is none. */
	String attribute(String name) {
		int[] place = attributePlace(name);
		return (place != null) ? this.text.substring(place[0], place[1]) : null;
	}

	/** Where the value of an attribute begins and ends, null if there is none. */
	public int[] attributePlace(String name) {
		int at = this.start + 1 + this.qualified.length();
		while (true) {
			while (at < this.openEnd && Character.isWhitespace(this.text.charAt(at))) {
				at++;
			}
			int equals = this.text.indexOf('=', at);
			if (equals < 0 || equals >= this.openEnd) {
				return null;
			}
			String found = this.text.substring(at, equals).strip();
			int quote = equals + 1;
			while (Character.isWhitespace(this.text.charAt(quote))) {
				quote++;
			}
			int close = this.text.indexOf(this.text.charAt(quote), quote + 1);
			if (found.equals(name)) {
				return new int[] { quote + 1, close };
			}
			at = close + 1;
		}
	}

	void collectIds(Collection<String> ids) {
		String id = attribute("id");
		if (id != null) {
			ids.add(id);
		}
		this.children.forEach((child) -> child.collectIds(ids));
	}

}
