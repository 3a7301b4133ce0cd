// Breaches before and after a change of limits. The table below the chart has every figure. Needs echarts.
(() => {
	const box = document.getElementById('chart');
	if (!box) {
		return;
	}
	const bars = JSON.parse(box.dataset.bars).reverse();
	if (!bars.length) {
		box.classList.add('is-empty');
		return;
	}
	const style = getComputedStyle(document.documentElement);
	const colour = (name) => style.getPropertyValue(name).trim();
	const words = { color: colour('--gc-ink-2'), fontSize: 13, fontFamily: getComputedStyle(document.body).fontFamily };
	const label = { show: true, position: 'right', ...words, color: colour('--gc-ink'), fontWeight: 600 };
	box.style.height = `${bars.length * 46 + 16}px`;
	const chart = echarts.init(box, null, { renderer: 'canvas' });
	chart.setOption({
		animation: false,
		grid: { left: 4, right: 44, top: 4, bottom: 4, containLabel: true },
		tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' } },
		xAxis: { type: 'value', minInterval: 1, show: false },
		yAxis: { type: 'category', data: bars.map((bar) => bar.name), axisTick: { show: false }, axisLabel: { ...words, width: 130, overflow: 'truncate' }, axisLine: { lineStyle: { color: colour('--gc-line-2') } } },
		series: [
			{ name: box.dataset.before, type: 'bar', barWidth: 11, barGap: '25%', itemStyle: { color: '#aab5c1' }, label, data: bars.map((bar) => bar.before) },
			{ name: box.dataset.after, type: 'bar', barWidth: 11, itemStyle: { color: colour('--gc-accent') }, label, data: bars.map((bar) => bar.after) },
		],
	});
	addEventListener('resize', () => requestAnimationFrame(() => chart.resize()));
})();
