// The inbox: the keyboard walks the rows, the server sends the preview, what changes elsewhere appears by itself and
// never takes focus, choice or place away.
(() => {
	const $ = (selector, root = document) => root.querySelector(selector);
	const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
	const wide = () => matchMedia('(min-width: 1181px)').matches && !$('.ib.full');
	const typing = (event) => event.target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select')
		|| event.ctrlKey || event.metaKey || event.altKey;
	const rows = () => $$('#rows tr[data-open]');
	const chosen = () => rows().find((row) => row.getAttribute('aria-selected') === 'true');
	const batch = $('#batch');
	const filter = $('#filter');
	const all = $('#all');

	// --- one row ---
	const mark = (row) => rows().forEach((other) => {
		other.setAttribute('aria-selected', String(other === row));
		other.tabIndex = (other === row) ? 0 : -1;
	});
	const choose = (row) => {
		if (!row) {
			return;
		}
		mark(row);
		row.scrollIntoView({ block: 'nearest' });
		if (wide() && row.hasAttribute('hx-get')) {
			htmx.trigger(row, 'choose');
		}
	};
	document.addEventListener('click', (event) => {
		const row = event.target.closest('#rows tr[data-open]');
		if (row && !event.target.closest('a, button, input, label')) {
			if (wide()) {
				choose(row);
			}
			else {
				location.href = row.dataset.open;
			}
		}
	});

	// --- several rows ---
	const ticks = () => $$('#rows input[name=_task]');
	const ticked = () => ticks().filter((tick) => tick.checked);
	const counted = () => {
		const number = ticked().length;
		const before = batch.hidden;
		batch.hidden = number === 0;
		filter.hidden = number > 0;
		$('#batch-n').textContent = number;
		if (all) {
			all.checked = number > 0 && number === ticks().length;
		}
		if (batch.hidden && !before) {
			$('#batch-panel').replaceChildren();
		}
	};
	const clear = () => {
		ticks().forEach((tick) => {
			tick.checked = false;
		});
		counted();
	};
	document.addEventListener('change', (event) => {
		if (event.target === all) {
			ticks().forEach((tick) => {
				tick.checked = all.checked;
			});
		}
		if (event.target === all || event.target.name === '_task') {
			counted();
		}
	});
	$('#batch-clear')?.addEventListener('click', clear);
	const tick = (row, on) => {
		const box = row && $('input[name=_task]', row);
		if (box) {
			box.checked = (on === undefined) ? !box.checked : on;
			counted();
		}
		return Boolean(box);
	};
	const act = (action) => {
		if (ticked().length > 0 || tick(chosen(), true)) {
			$(`button[name=_action][value=${action}]`, batch).click();
		}
	};
	const panel = (kind) => {
		if (ticked().length > 0 || tick(chosen(), true)) {
			$(`[data-panel=${kind}]`, batch).click();
		}
	};
	document.addEventListener('htmx:afterSwap', (event) => {
		if (event.target.id === 'batch-panel') {
			$('input:not([type=hidden]), select, textarea, button', event.target)?.focus();
		}
		if (event.target.id === 'batch-result') {
			$('#batch-said')?.focus();
		}
		if (event.target.closest('#rows')) {
			counted();
		}
	});
	document.body.addEventListener('inbox-changed', () => {
		clear();
		refresh();
	});

	// --- what changes elsewhere ---
	const table = $('.ib-table');
	const refreshed = () => $('[data-refresh]')?.dataset.refresh;
	let reading = false;
	let again = false;
	const refresh = async () => {
		if (!refreshed()) {
			return;
		}
		if (reading) {
			again = true;
			return;
		}
		reading = true;
		try {
			const size = Math.max(30, rows().length);
			const answer = await fetch(`${refreshed()}&size=${size}`, { headers: { 'HX-Request': 'true' } });
			if (answer.headers.get('HX-Redirect')) {
				location.href = answer.headers.get('HX-Redirect');
				return;
			}
			if (answer.ok) {
				await put(await answer.text());
			}
		}
		catch (lost) {
			live(false);
		}
		finally {
			reading = false;
			if (again) {
				again = false;
				refresh();
			}
		}
	};
	const put = async (html) => {
		const parsed = new DOMParser().parseFromString(`<table><tbody>${html}</tbody></table>`, 'text/html');
		const fresh = $('tbody', parsed);
		if (!table) {
			// the list was empty: the whole page knows how to show rows
			if ($('tr', fresh)) {
				location.reload();
			}
			return;
		}
		const body = $('#rows');
		const before = rows();
		const at = before.findIndex((row) => row === chosen());
		const key = chosen()?.dataset.key;
		const focused = document.activeElement?.closest('#rows tr')?.dataset.key;
		const part = document.activeElement?.matches('#rows input') ? 'input[name=_task]' : document.activeElement?.matches('#rows a') ? 'a' : null;
		const kept = new Set(ticked().map((box) => box.value));
		body.replaceChildren(...fresh.children);
		htmx.process(body);
		const now = rows();
		const same = now.find((row) => row.dataset.key === key);
		mark(same ?? now[Math.min(Math.max(at, 0), now.length - 1)]);
		ticks().forEach((box) => {
			box.checked = kept.has(box.value);
		});
		counted();
		if (focused) {
			const row = now.find((each) => each.dataset.key === focused) ?? chosen();
			((part && row && $(part, row)) || row)?.focus({ preventScroll: true });
		}
		if (!same && wide()) {
			choose(chosen());
		}
	};
	const live = (on) => {
		const note = $('#live');
		if (note) {
			note.dataset.live = on ? 'on' : 'off';
			note.textContent = on ? note.dataset.on : note.dataset.off;
		}
	};
	let source;
	let due;
	const listen = () => {
		if (source || document.hidden) {
			return;
		}
		source = new EventSource($('#live').dataset.stream);
		source.addEventListener('open', () => live(true));
		source.addEventListener('error', () => live(false));
		source.addEventListener('counts', (event) => {
			const counts = JSON.parse(event.data);
			Object.entries(counts).forEach(([view, number]) => {
				const shown = $(`#views [data-view=${view}] .num`);
				if (shown) {
					shown.textContent = number;
				}
			});
			const here = $('#views [aria-current]');
			if (here && $('#total')) {
				$('#total').textContent = counts[here.dataset.view];
			}
			const waiting = $('#nav a[aria-current] .num');
			if (waiting) {
				waiting.textContent = counts.MINE + counts.POOL;
			}
		});
		['changed', 'tick'].forEach((kind) => source.addEventListener(kind, () => {
			clearTimeout(due);
			due = setTimeout(refresh, 300);
		}));
	};
	const leave = () => {
		source?.close();
		source = undefined;
	};
	document.addEventListener('visibilitychange', () => {
		if (document.hidden) {
			leave();
		}
		else {
			listen();
			refresh();
		}
	});
	addEventListener('pagehide', leave);

	// --- keys ---
	const dialog = $('#keys');
	const off = $('#keys-off');
	off.checked = localStorage.getItem('gridcase:keys') === 'off';
	off.addEventListener('change', () => localStorage.setItem('gridcase:keys', off.checked ? 'off' : 'on'));
	$('#keys-open')?.addEventListener('click', () => dialog.showModal());
	const open = () => {
		if (chosen()) {
			location.href = chosen().dataset.open;
		}
	};
	const move = (step) => {
		const list = rows();
		const at = list.indexOf(chosen());
		choose(list[Math.max(0, Math.min(at + step, list.length - 1))]);
	};
	const keys = {
		j: () => move(1),
		ArrowDown: () => move(1),
		k: () => move(-1),
		ArrowUp: () => move(-1),
		o: open,
		x: () => tick(chosen()),
		c: () => act('CLAIM'),
		e: () => panel('COMPLETE'),
		r: () => refresh(),
		'?': () => dialog.showModal()
	};
	document.addEventListener('keydown', (event) => {
		if (dialog.open) {
			return;
		}
		if (event.key === 'Escape' && !batch.hidden) {
			clear();
			chosen()?.focus();
			return;
		}
		const letter = event.key.length === 1;
		if (typing(event) || (letter && off.checked)) {
			return;
		}
		if (event.key === 'Enter' && !event.target.closest('a, button, summary, input, label')) {
			open();
		}
		else if (/^[1-6]$/.test(event.key)) {
			$$('#views a')[event.key - 1]?.click();
		}
		else if (keys[event.key] && !(event.target.closest('#batch, #batch-result') && event.key.startsWith('Arrow'))) {
			event.preventDefault();
			keys[event.key]();
		}
	});

	// a menu that is open closes when something else is clicked
	document.addEventListener('click', (event) => $$('.ib-menu[open]').forEach((menu) => {
		if (!menu.contains(event.target)) {
			menu.removeAttribute('open');
		}
	}));
	// not before htmx knows the rows
	document.addEventListener('DOMContentLoaded', () => {
		counted();
		choose(rows()[0]);
		listen();
	});
})();
