package gridcase.casework;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may be attached.
 *
 * @param types kinds of files, of those {@link FileType} tells apart
 * @param mostPixels largest picture, in pixels; a small file may unpack to a huge one
 * @param mostFiles most files of one case, and of one person's reports not yet sent
 */
@ConfigurationProperties("gridcase.attachments")
record AttachmentSettings(@DefaultValue( {
		"JPEG", "PNG", "WEBP", "GIF", "HEIC", "PDF", "DOCX", "XLSX", "DOC", "XLS", "TXT", "CSV", "MP4", "MP3",
		"M4A" }) List<FileType> types, @DefaultValue("60000000") long mostPixels, @DefaultValue("200") int mostFiles){

}
