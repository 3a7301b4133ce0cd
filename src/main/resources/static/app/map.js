// The map beside its list. Without scripts the list and the panel still work; needs Leaflet (L).
(() => {
	const box = document.getElementById('map');
	if (!box || typeof L === 'undefined') {
		return;
	}
	const data = box.dataset;
	const filter = document.getElementById('map-filter');
	const panel = document.getElementById('panel');
	const list = document.getElementById('list');
	const state = document.getElementById('map-state');
	const [west, south, east, north] = data.extent.split(',').map(Number);
	const nearest = Number(data.nearest) || 19;
	const [overText, warnText, okText, holdText] = data.lights.split(',');

	const map = L.map(box, {
		attributionControl: Boolean(data.tiles), zoomControl: false, maxZoom: nearest, minZoom: 5, worldCopyJump: false, zoomSnap: 0.5,
	});
	L.control.zoom({ position: 'topright', zoomInTitle: data.in, zoomOutTitle: data.out }).addTo(map);
	if (data.tiles) {
		map.attributionControl.setPrefix(false);
		L.tileLayer(data.tiles, { attribution: data.attribution ?? '', maxZoom: nearest }).addTo(map);
		box.classList.add('has-tiles');
	}
	const whole = L.latLngBounds([south, west], [north, east]);

	const cells = new Map();
	const outlines = L.layerGroup().addTo(map);
	const signs = L.layerGroup().addTo(map);
	let chosen = data.grid ?? null;
	let chosenCase = data.case ?? null;
	let asked = 0;

	const text = (pattern, ...values) => values.reduce((so, value, at) => so.replace(`{${at}}`, value), pattern);
	const params = (more) => {
		const values = new URLSearchParams(new FormData(filter));
		values.set('place', data.place);
		Object.entries(more).forEach(([name, value]) => values.set(name, value));
		[...values].filter(([, value]) => !value).forEach(([name]) => values.delete(name));
		return values;
	};
	const sight = () => {
		const bounds = map.getBounds();
		return { zoom: Math.max(0, Math.min(20, Math.floor(map.getZoom()))),
			box: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((side) => side.toFixed(6)).join(',') };
	};
	const get = async (address) => {
		const answer = await fetch(address, { headers: { 'HX-Request': 'true' } });
		if (answer.headers.get('HX-Redirect')) {
			location.href = answer.headers.get('HX-Redirect');
		}
		if (!answer.ok) {
			throw new Error(String(answer.status));
		}
		return answer;
	};
	const put = (target, html) => target.replaceChildren(...new DOMParser().parseFromString(html, 'text/html').body.childNodes);
	const failed = () => {
		state.textContent = data.failed;
		state.className = 'gc-note is-over';
	};
	const fine = (message) => {
		state.textContent = message;
		state.className = 'visually-hidden';
	};

	const summary = (lights) => [[lights.over, overText], [lights.warn, warnText], [lights.ok, okText], [lights.paused, holdText]]
		.filter(([number]) => number > 0).map(([number, word]) => `${word} ${number}`).join('，');

	// a grid: colour by the worst light, deeper with the number; its name once there is room for it
	const draw = (cell, most) => {
		let shape = cells.get(cell.code);
		if (!shape && cell.geometry) {
			shape = L.geoJSON(cell.geometry);
			shape.eachLayer((layer) => layer.on('click', () => choose({ grid: cell.code })));
			cells.set(cell.code, shape);
		}
		if (!shape) {
			return;
		}
		const depth = cell.lights.total === 0 ? 0 : 1 + Math.min(2, Math.floor(3 * cell.lights.total / (most + 1)));
		const look = `mp-cell is-${cell.lights.worst} d${depth}${cell.around ? ' around' : ''}${cell.code === chosen ? ' chosen' : ''}`;
		shape.eachLayer((layer) => {
			layer.options.className = look;
			layer.getElement?.()?.setAttribute('class', `${look} leaflet-interactive`);
		});
		outlines.addLayer(shape);
		if (cell.code === chosen) {
			shape.eachLayer((layer) => layer.bringToFront());
		}
		const bounds = shape.getBounds();
		const wide = map.latLngToContainerPoint(bounds.getNorthEast()).x - map.latLngToContainerPoint(bounds.getSouthWest()).x;
		const words = [cell.name, cell.label].find((name) => name.length * 13 < 0.74 * wide);
		if (!cell.around && words) {
			const label = document.createElement('span');
			label.textContent = words;
			outlines.addLayer(L.marker([cell.latitude, cell.longitude], { interactive: false, keyboard: false,
				icon: L.divIcon({ className: 'mp-label', html: label, iconSize: [wide, 18], iconAnchor: [wide / 2, 38] }) }));
		}
	};

	const SHAPES = {
		ok: '<circle cx="8" cy="8" r="7.4"/>', warn: '<path d="M8 .4 16 15H0z"/>',
		over: '<path d="M4.7 .3h6.6l4.4 4.4v6.6l-4.4 4.4H4.7L.3 11.3V4.7z"/>', hold: '<rect x=".6" y=".6" width="14.8" height="14.8" rx="2"/>',
	};
	const sign = (cluster) => {
		const total = cluster.lights.total;
		const size = total === 1 ? 24 : Math.min(56, 30 + 6 * Math.log10(total) * 2);
		const name = cluster.title ? `${cluster.title}，${summary(cluster.lights)}` : `${text(data.count, total)}，${summary(cluster.lights)}`;
		const face = new DOMParser().parseFromString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[cluster.lights.worst]}</svg>`, 'image/svg+xml').documentElement;
		const icon = document.createElement('span');
		icon.append(document.importNode(face, true));
		if (total > 1) {
			const number = document.createElement('b');
			number.textContent = total > 9999 ? `${Math.round(total / 1000)}k` : total;
			icon.append(number);
		}
		const marker = L.marker([cluster.latitude, cluster.longitude], { title: name, riseOnHover: true,
			icon: L.divIcon({ className: `mp-sign is-${cluster.lights.worst}${cluster.caseNo && cluster.caseNo === chosenCase ? ' chosen' : ''}`, html: icon, iconSize: [size, size] }) });
		marker.on('click', () => {
			if (cluster.caseNo) {
				choose({ case: cluster.caseNo });
			}
			else if (cluster.grid && (cluster.together || map.getZoom() >= nearest)) {
				choose({ grid: cluster.grid });
			}
			else {
				map.setView([cluster.latitude, cluster.longitude], Math.min(nearest, map.getZoom() + 2));
			}
		});
		signs.addLayer(marker);
		const element = marker.getElement();
		element.setAttribute('role', 'button');
		element.setAttribute('aria-label', name);
	};

	const show = async () => {
		const turn = ++asked;
		try {
			const view = await (await get(`${data.view}?${params(sight())}`)).json();
			if (turn !== asked) {
				return;
			}
			outlines.clearLayers();
			const most = Math.max(0, ...view.cells.filter((cell) => !cell.around).map((cell) => cell.lights.total));
			view.cells.forEach((cell) => draw(cell, most));
			signs.clearLayers();
			const place = panel.querySelector('[data-lon]');
			if (place) {
				signs.addLayer(L.marker([place.dataset.lat, place.dataset.lon], { interactive: false, keyboard: false, zIndexOffset: 1000,
					icon: L.divIcon({ className: 'mp-ring', iconSize: [52, 52] }) }));
			}
			view.clusters.sort((one, other) => other.latitude - one.latitude).forEach(sign);
			const text2 = await (await get(`${data.list}?${params(sight())}`)).text();
			if (turn === asked) {
				put(list, text2);
				fine(`${text(data.count, view.lights.total)}，${summary(view.lights)}`);
				box.dataset.ready = String(turn);
			}
		}
		catch (error) {
			failed();
		}
	};

	/** Shows what was clicked beside the map; the address follows, so that it can be kept or sent. */
	const choose = async (what, focus = false, move = false) => {
		chosen = what.grid ?? null;
		chosenCase = what.case ?? null;
		try {
			put(panel, await (await get(`${data.panel}?${new URLSearchParams(what)}`)).text());
			history.replaceState(null, '', `${data.page}?${params(what)}`);
			if (move) {
				const place = panel.querySelector('[data-lon]');
				const shape = chosen && cells.get(chosen);
				if (shape) {
					map.fitBounds(shape.getBounds().pad(0.6), { maxZoom: nearest - 1 });
				}
				else if (place) {
					map.setView([Number(place.dataset.lat), Number(place.dataset.lon)], Math.max(map.getZoom(), 16));
				}
			}
			if (focus) {
				panel.querySelector('h2')?.focus();
			}
			if (matchMedia('(max-width: 1180px)').matches) {
				panel.scrollIntoView({ block: 'nearest', behavior: 'auto' });
			}
			show();
		}
		catch (error) {
			failed();
		}
	};

	document.addEventListener('click', (event) => {
		const link = event.target.closest('a[data-grid], a[data-case]');
		if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
			event.preventDefault();
			choose(link.dataset.grid ? { grid: link.dataset.grid } : { case: link.dataset.case }, true, true);
		}
	});
	filter.addEventListener('submit', (event) => {
		if (filter.elements.place && filter.elements.place.value !== data.place) {
			return;
		}
		event.preventDefault();
		history.replaceState(null, '', `${data.page}?${params(chosen ? { grid: chosen } : chosenCase ? { case: chosenCase } : {})}`);
		show();
	});
	let moved;
	map.on('moveend', () => {
		clearTimeout(moved);
		moved = setTimeout(show, 120);
	});
	if (data.lon && data.lat) {
		map.setView([Number(data.lat), Number(data.lon)], 16);
	}
	else {
		map.fitBounds(whole, { padding: [8, 8] });
	}
})();
