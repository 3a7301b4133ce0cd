// Reads where and when a photo was taken from its JPEG header (EXIF 2.3), before the photo is shrunk.
window.gridcaseExif = (() => {
	const MARKER = { start: 0xFFD8, exif: 0xFFE1, scan: 0xFFDA };
	const TAG = { exif: 0x8769, gps: 0x8825, changed: 0x0132, taken: 0x9003, latitudeRef: 1, latitude: 2, longitudeRef: 3, longitude: 4 };
	const SIZE = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

	// where the TIFF block begins, or -1
	const tiff = (view) => {
		if (view.byteLength < 4 || view.getUint16(0) !== MARKER.start) {
			return -1;
		}
		for (let at = 2; at + 4 <= view.byteLength;) {
			const marker = view.getUint16(at);
			if (marker < 0xFF00 || marker === MARKER.scan) {
				return -1;
			}
			// "Exif" and two zero bytes
			if (marker === MARKER.exif && view.getUint32(at + 4) === 0x45786966 && view.getUint16(at + 8) === 0) {
				return at + 10;
			}
			at += 2 + view.getUint16(at + 2);
		}
		return -1;
	};

	const directory = (view, base, at, little) => {
		const entries = new Map();
		const count = view.getUint16(base + at, little);
		for (let index = 0; index < count; index++) {
			const entry = base + at + 2 + index * 12;
			const type = view.getUint16(entry + 2, little);
			const many = view.getUint32(entry + 4, little);
			const bytes = (SIZE[type] ?? 0) * many;
			const value = bytes > 4 ? base + view.getUint32(entry + 8, little) : entry + 8;
			entries.set(view.getUint16(entry, little), { type, many, value });
		}
		return entries;
	};

	const text = (view, entry) => {
		let words = '';
		for (let index = 0; entry && entry.type === 2 && index < entry.many; index++) {
			const code = view.getUint8(entry.value + index);
			words += code ? String.fromCharCode(code) : '';
		}
		return words;
	};

	// three fractions: degrees, minutes, seconds
	const degrees = (view, entry, little) => {
		if (!entry || entry.type !== 5 || entry.many < 3) {
			return NaN;
		}
		const part = (index) => view.getUint32(entry.value + index * 8, little) / view.getUint32(entry.value + index * 8 + 4, little);
		const minutes = part(1);
		const seconds = part(2);
		// some cameras leave the seconds out as 0/0
		return part(0) + (Number.isFinite(minutes) ? minutes : 0) / 60 + (Number.isFinite(seconds) ? seconds : 0) / 3600;
	};

	/**
	 * @param {ArrayBuffer} bytes a photo
	 * @returns {{latitude?: number, longitude?: number, taken?: string}} what it says of itself; taken as the camera's clock had it
	 */
	const read = (bytes) => {
		const found = {};
		const view = new DataView(bytes);
		try {
			const base = tiff(view);
			if (base < 0) {
				return found;
			}
			const little = view.getUint16(base) === 0x4949;
			const main = directory(view, base, view.getUint32(base + 4, little), little);
			const more = main.get(TAG.exif);
			const own = more ? directory(view, base, view.getUint32(more.value, little), little) : new Map();
			const taken = text(view, own.get(TAG.taken)) || text(view, main.get(TAG.changed));
			const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(taken);
			if (parts && parts[1] !== '0000') {
				found.taken = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}`;
			}
			const gps = main.get(TAG.gps);
			if (gps) {
				const place = directory(view, base, view.getUint32(gps.value, little), little);
				const latitude = degrees(view, place.get(TAG.latitude), little) * (text(view, place.get(TAG.latitudeRef)) === 'S' ? -1 : 1);
				const longitude = degrees(view, place.get(TAG.longitude), little) * (text(view, place.get(TAG.longitudeRef)) === 'W' ? -1 : 1);
				// 0, 0 is what a camera without a fix writes
				if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude || longitude)) {
					found.latitude = latitude;
					found.longitude = longitude;
				}
			}
		}
		catch (failure) {
			// a header that ends too early says no more than was read so far
			if (!(failure instanceof RangeError)) {
				throw failure;
			}
		}
		return found;
	};

	return { read };
})();
