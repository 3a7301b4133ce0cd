// The command board: fetches its figures when the server says that they changed. Needs echarts.
(() => {
	const board = document.getElementById('main');
	const data = board.dataset;
	const figures = document.getElementById('figures');
	const clock = document.getElementById('clock');
	const dataTime = document.getElementById('data-time');
	const stale = document.getElementById('data-stale');
	const STALE_MILLIS = 15000;
	let heard = Date.now();
	let chart;

	const draw = () => {
		const box = document.getElementById('flow');
		const flow = JSON.parse(box.dataset.flow);
		const style = getComputedStyle(board);
		const colour = (name) => style.getPropertyValue(name).trim();
		const size = parseFloat(style.fontSize);
		const now = flow.hour;
		const first = Math.max(0, Math.min(7, ...flow.hours.filter((hour) => hour.in || hour.out).map((hour) => hour.hour)));
		const last = Math.min(23, Math.max(19, now));
		const hours = flow.hours.slice(first, last + 1);
		const words = { color: colour('--b-ink2'), fontSize: size * 0.95, fontFamily: getComputedStyle(document.body).fontFamily };
		chart = chart && !chart.isDisposed() && chart.getDom() === box ? chart : echarts.init(box, null, { renderer: 'canvas' });
		chart.setOption({
			animation: false, grid: { left: size * 2.2, right: size * 0.9, top: size * 1.1, bottom: size * 1.9 },
			tooltip: { trigger: 'axis', renderMode: 'richText' },
			xAxis: { type: 'category', data: hours.map((hour) => box.dataset.hour.replace('{0}', hour.hour)), axisTick: { show: false }, axisLabel: { ...words, hideOverlap: true }, axisLine: { lineStyle: { color: colour('--b-line') } } },
			yAxis: { type: 'value', minInterval: 1, axisLabel: words, splitLine: { lineStyle: { color: colour('--b-line') } } },
			series: [
				{ name: box.dataset.in, type: 'bar', barGap: '10%', itemStyle: { color: colour('--b-acc') }, data: hours.map((hour) => hour.hour > now ? null : hour.in) },
				{ name: box.dataset.out, type: 'bar', itemStyle: { color: colour('--b-ok') }, data: hours.map((hour) => hour.hour > now ? null : hour.out) },
			],
		}, true);
	};
	const redraw = () => {
		chart?.dispose();
		chart = undefined;
		draw();
	};

	const fetchFigures = async () => {
		const answer = await fetch(data.figures, { headers: { 'HX-Request': 'true' } });
		if (answer.headers.get('HX-Redirect')) {
			location.href = answer.headers.get('HX-Redirect');
			return;
		}
		if (!answer.ok) {
			throw new Error(String(answer.status));
		}
		const focused = document.activeElement?.closest('#figures') ? document.activeElement.getAttribute('href') : null;
		chart?.dispose();
		figures.replaceChildren(...new DOMParser().parseFromString(await answer.text(), 'text/html').body.childNodes);
		if (focused) {
			figures.querySelector(`a[href="${CSS.escape(focused).replaceAll('\\', '\\\\')}"]`)?.focus();
		}
		draw();
	};
	const fresh = (time) => {
		heard = Date.now();
		clock.textContent = time.slice(0, 5);
		dataTime.textContent = time;
		stale.textContent = '';
		document.getElementById('data').classList.remove('is-stale');
	};
	const events = new EventSource(data.events);
	events.addEventListener('tick', (event) => fresh(event.data));
	events.addEventListener('figures', (event) => fetchFigures().then(() => fresh(event.data), () => {
		// stays as it is and is shown as stale
	}));
	setInterval(() => {
		const seconds = Math.round((Date.now() - heard) / 1000);
		if (Date.now() - heard > STALE_MILLIS) {
			stale.textContent = data.stale.replace('{0}', seconds);
			document.getElementById('data').classList.add('is-stale');
		}
	}, 1000);

	const full = document.getElementById('full');
	if (document.fullscreenEnabled) {
		full.hidden = false;
		full.addEventListener('click', () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
		document.addEventListener('fullscreenchange', () => document.body.classList.toggle('is-full', Boolean(document.fullscreenElement)));
	}
	document.querySelector('.bd-pick')?.addEventListener('change', (event) => event.target.form.requestSubmit());
	addEventListener('resize', () => requestAnimationFrame(redraw));
	draw();
})();
