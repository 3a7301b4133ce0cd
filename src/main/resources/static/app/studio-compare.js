// Draws two versions of a diagram and colours what differs. Needs bpmn-js (BpmnJS).
(async () => {
	const marker = { ADDED: 'df-add', REMOVED: 'df-del', CHANGED: 'df-chg' };
	const list = document.getElementById('cmp-list');
	const changes = [...list.querySelectorAll('li[data-element]')].map((item) => ({ id: item.dataset.element, kind: item.dataset.kind }));
	const viewers = [];
	for (const box of document.querySelectorAll('.cmp-dia')) {
		const answer = await fetch(box.dataset.from);
		if (!answer.ok) {
			box.textContent = await answer.text();
			continue;
		}
		const viewer = new BpmnJS({ container: box, zoomScroll: { enabled: false } });
		await viewer.importXML(await answer.text());
		const canvas = viewer.get('canvas');
		const registry = viewer.get('elementRegistry');
		changes.filter((change) => registry.get(change.id)).forEach((change) => canvas.addMarker(change.id, marker[change.kind]));
		const fit = () => {
			const size = canvas.viewbox().inner;
			if (!box.clientWidth || !size.width) {
				return; // not laid out at the moment
			}
			box.style.height = Math.max(220, Math.min(520, Math.round(box.clientWidth * size.height / size.width) + 40)) + 'px';
			canvas.resized();
			canvas.zoom('fit-viewport', 'auto');
		};
		fit();
		addEventListener('resize', fit);
		viewers.push({ canvas, registry });
	}
	let here = null;
	list.addEventListener('click', (event) => {
		const item = event.target.closest('button')?.closest('li[data-element]');
		if (!item) {
			return;
		}
		for (const { canvas, registry } of viewers) {
			if (here && registry.get(here)) {
				canvas.removeMarker(here, 'df-here');
			}
			const element = registry.get(item.dataset.element);
			if (element && element !== canvas.getRootElement()) {
				canvas.addMarker(element.id, 'df-here');
				canvas.scrollToElement(element);
			}
		}
		here = item.dataset.element;
	});
})();
