package gridcase.policy;

import gridcase.shared.Texts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.stax.StAXSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;

import org.flowable.dmn.xml.converter.DmnXMLConverter;
import org.xml.sax.SAXException;

/** DMN 1.3, the version table editors open and write; compiled once for all files. */
final class DmnSchema {

	private static final Schema SCHEMA = load();

	private DmnSchema() {
	}

	private static Schema load() {
		try {
			return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
				.newSchema(
						DmnXMLConverter.class.getClassLoader().getResource("org/flowable/impl/dmn/parser/DMN13.xsd"));
		}
		catch (SAXException ex) {
			throw new IllegalStateException("the DMN schema cannot be read", ex);
		}
	}

	/**
	 * Checks a file against the schema.
	 * @throws ReleaseRefused with what is wrong and where
	 */
	static void validate(String file, byte[] content) {
		XMLInputFactory factory = XMLInputFactory.newInstance();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		try {
			SCHEMA.newValidator()
				.validate(new StAXSource(factory.createXMLStreamReader(new ByteArrayInputStream(content))));
		}
		catch (SAXException | XMLStreamException ex) {
			throw TableReader.refused(file, Texts.of("policy", "table.xml", ex.getMessage()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
