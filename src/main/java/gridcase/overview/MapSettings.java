package gridcase.overview;

import java.net.URI;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The picture behind the grids.
 *
 * @param tiles address of a tile server with {@code {z}}, {@code {x}} and {@code {y}}, or
 * null for a plain background; its tiles have to be in WGS 84 or CGCS 2000, else grids
 * and picture lie some hundred metres apart
 * @param attribution who made it, shown on the map
 * @param nearest how near its tiles go
 */
@ConfigurationProperties("gridcase.map")
record MapSettings(String tiles, String attribution, Integer nearest) {

	/** Where the tiles come from, for the content policy; null without a server. */
	String origin() {
		if (this.tiles == null || this.tiles.isBlank()) {
			return null;
		}
		URI address = URI.create(this.tiles.replaceFirst("\\{s}", "_").replaceAll("[{}]", "_"));
		if (address.getScheme() == null || address.getHost() == null && address.getAuthority() == null) {
			throw new IllegalArgumentException("gridcase.map.tiles should be a whole address such as "
					+ "https://tiles.example.cn/{z}/{x}/{y}.png, but is " + this.tiles);
		}
		String authority = address.getRawAuthority();
		return address.getScheme() + "://" + (authority.startsWith("_.") ? "*" + authority.substring(1) : authority);
	}

}
