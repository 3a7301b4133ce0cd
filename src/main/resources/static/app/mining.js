// Heat on a diagram (needs bpmn-js) and times by week (needs echarts). The tables below have the same figures.
(async () => {
	const box = document.getElementById('heat');
	if (!box) {
		return;
	}
	const answer = await fetch(box.dataset.from, { headers: { Accept: 'application/json' } });
	if (!answer.ok) {
		box.textContent = (await answer.json()).detail;
		return;
	}
	const drawn = await answer.json();
	const viewer = new BpmnJS({ container: box, zoomScroll: { enabled: false } });
	await viewer.importXML(drawn.bpmn);
	const canvas = viewer.get('canvas');
	const overlays = viewer.get('overlays');
	const registry = viewer.get('elementRegistry');
	const length = box.dataset.by === 'length';
	const worth = (heat) => length ? heat.totalSeconds / Math.max(1, heat.times) : heat.times;
	const highest = Math.max(...drawn.elements.map(worth), 1);
	const said = (heat) => length ? drawn.lengths[heat.element] : String(heat.times);
	const ranked = [...drawn.elements].sort((one, other) => worth(one) - worth(other));
	if (ranked.length) {
		document.getElementById('heat-least').append(' ' + said(ranked[0]));
		document.getElementById('heat-most').append(' ' + said(ranked[ranked.length - 1]));
	}
	for (const heat of drawn.elements) {
		if (!registry.get(heat.element)) {
			continue;
		}
		canvas.addMarker(heat.element, 'mn-h' + Math.min(4, Math.floor(worth(heat) * 5 / (highest + 0.001))));
		const badge = document.createElement('a');
		badge.className = 'mn-badge';
		badge.href = drawn.links[heat.element];
		badge.textContent = said(heat);
		overlays.add(heat.element, { position: { top: -10, left: -6 }, html: badge });
	}
	viewer.get('eventBus').on('element.click', (event) => {
		if (drawn.links[event.element.id]) {
			location.href = drawn.links[event.element.id];
		}
	});
	const fit = () => {
		const size = canvas.viewbox().inner;
		if (!box.clientWidth || !size.width) {
			return; // not laid out at the moment
		}
		box.style.height = Math.max(240, Math.min(460, Math.round(box.clientWidth * size.height / size.width) + 50)) + 'px';
		canvas.resized();
		canvas.zoom('fit-viewport', 'auto');
	};
	fit();
	addEventListener('resize', fit);
	box.dataset.drawn = 'yes';
})();
(() => {
	const box = document.getElementById('weeks');
	if (!box) {
		return;
	}
	const data = JSON.parse(box.dataset.chart);
	const style = getComputedStyle(document.documentElement);
	const colour = (name) => style.getPropertyValue(name).trim();
	const words = { color: colour('--gc-ink-2'), fontSize: 13, fontFamily: getComputedStyle(document.body).fontFamily };
	const shapes = ['circle', 'triangle', 'rect', 'diamond', 'pin', 'arrow', 'roundRect', 'emptyCircle'];
	const inks = ['#134887', '#b06a00', '#17713a', '#7a3e9d', '#5c6876', '#b3261e', '#0b7285', '#8d6e00'];
	const chart = echarts.init(box, null, { renderer: 'canvas' });
	chart.setOption({
		animation: false,
		color: inks,
		grid: { left: 8, right: 16, top: 66, bottom: 8, containLabel: true },
		legend: { top: 0, left: 0, type: 'scroll', textStyle: words },
		tooltip: { trigger: 'axis', renderMode: 'richText' },
		xAxis: { type: 'category', data: data.weeks.map((week) => week.slice(5)), axisLabel: words, axisLine: { lineStyle: { color: colour('--gc-line-2') } } },
		yAxis: { type: 'value', name: box.dataset.unit, nameTextStyle: words, axisLabel: words, splitLine: { lineStyle: { color: colour('--gc-line') } } },
		series: data.series.map((line, at) => ({ name: line.name, type: 'line', connectNulls: true, symbol: shapes[at % shapes.length], symbolSize: 8, data: line.values })),
	});
	addEventListener('resize', () => requestAnimationFrame(() => chart.resize()));
})();
