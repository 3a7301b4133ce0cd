// Draws the diagram of the case's place and marks the way the case took. Needs bpmn-js (BpmnJS).
(async () => {
	const box = document.getElementById('diagram');
	if (!box) {
		return;
	}
	const answer = await fetch(box.dataset.from, { headers: { Accept: 'application/json' } });
	if (!answer.ok) {
		box.textContent = await answer.text();
		return;
	}
	const path = await answer.json();
	const viewer = new BpmnJS({ container: box, zoomScroll: { enabled: false } });
	await viewer.importXML(path.bpmn);
	const canvas = viewer.get('canvas');
	const overlays = viewer.get('overlays');
	const registry = viewer.get('elementRegistry');
	const now = new Set(path.now);
	const passed = path.passed;
	const number = new Map(path.steps.map((step, at) => [step.id, at + 1]));

	registry.forEach((element) => {
		const id = element.id;
		if (element.waypoints) {
			// a flow was taken if both its ends were reached; the engine keeps no record of flows
			if (passed[element.source.id] && passed[element.target.id]) {
				canvas.addMarker(id, 'rp-done');
			}
		}
		else if (now.has(id)) {
			canvas.addMarker(id, 'rp-now');
			if (box.dataset.over) {
				canvas.addMarker(id, 'rp-over');
			}
		}
		else if (passed[id]) {
			canvas.addMarker(id, 'rp-done');
		}
		if (passed[id] && !element.waypoints && element.type !== 'label' && /Task|Activity|SubProcess/.test(element.type)) {
			const badge = document.createElement('div');
			badge.className = 'rp-badge';
			badge.textContent = (number.get(id) ?? '') + (passed[id] > 1 ? '×' + passed[id] : '');
			overlays.add(id, { position: { top: -10, left: -6 }, html: badge });
		}
	});
	const fit = () => {
		const size = canvas.viewbox().inner;
		if (!box.clientWidth || !size.width) {
			return; // not laid out at the moment
		}
		box.style.height = Math.max(220, Math.min(420, Math.round(box.clientWidth * size.height / size.width) + 40)) + 'px';
		canvas.resized();
		canvas.zoom('fit-viewport', 'auto');
	};
	fit();
	addEventListener('resize', fit);
})();
