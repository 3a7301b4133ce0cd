// The case page: drafts that keep themselves, news of what others do, photos large.
(() => {
	const $ = (selector, root = document) => root.querySelector(selector);
	const meta = (name) => $(`meta[name=${name}]`)?.content;

	// what is filled in is kept on the server every few seconds and when the page is left
	const form = $('form[data-draft]');
	if (form) {
		const note = $('#draft-note');
		let dirty = false;
		let waiting = null;
		const keep = async (leaving) => {
			clearTimeout(waiting);
			waiting = null;
			if (!dirty || form.dataset.sent) {
				return;
			}
			dirty = false;
			const body = new URLSearchParams([...new FormData(form)].filter(([name, value]) => typeof value === 'string' && name !== '_csrf'));
			try {
				const answer = await fetch(form.dataset.draft, { method: 'POST', body, keepalive: leaving,
					headers: { [meta('csrf-header')]: meta('csrf-token'), 'HX-Request': 'true', Accept: 'application/json' } });
				if (answer.ok) {
					note.textContent = (await answer.json()).text;
					return;
				}
				if (answer.status === 409 || answer.status === 404) {
					return;
				}
				throw new Error(String(answer.status));
			}
			catch (failure) {
				dirty = true;
				note.textContent = note.dataset.failed;
			}
		};
		const changed = () => {
			dirty = true;
			waiting ??= setTimeout(() => keep(false), 2500);
		};
		// a choice that only this window remembered: the fields it asks for follow, and what was written in them
		const kept = JSON.parse(sessionStorage.getItem('gridcase:' + form.dataset.keep) ?? '{}');
		const chosen = form.querySelector('input[hx-post]:checked:not([checked])');
		if (chosen && !form.hasAttribute('data-filled')) {
			document.addEventListener('htmx:afterSettle', () => {
				Object.entries(kept).forEach(([name, value]) => {
					const field = form.elements[name];
					if (field?.matches?.('textarea, select, input:not([type=hidden], [type=checkbox], [type=radio], [type=file])') && !field.value) {
						field.value = value;
					}
				});
			}, { once: true });
			addEventListener('load', () => htmx.trigger(chosen, 'change'), { once: true });
		}
		form.addEventListener('input', changed);
		form.addEventListener('change', changed);
		// photos that arrive or go, rows more or less
		new MutationObserver((changes) => {
			if (changes.some((change) => change.target !== form)) {
				changed();
			}
		}).observe(form, { childList: true, subtree: true });
		addEventListener('pagehide', () => keep(true));
		document.addEventListener('visibilitychange', () => {
			if (document.visibilityState === 'hidden') {
				keep(true);
			}
		});
	}

	// a new row is where people go on writing
	let more = false;
	document.addEventListener('htmx:configRequest', (event) => {
		more = event.target.matches?.('[name=_more]') ? event.target.value : false;
	});
	document.addEventListener('htmx:afterSettle', () => {
		if (more) {
			const rows = document.querySelectorAll(`#f-${more} .fm-row`);
			rows[rows.length - 1]?.querySelector('input:not([type=hidden]), select, textarea')?.focus();
			more = false;
		}
	});

	// what others have done meanwhile is told at once, without touching what is being written
	const news = $('#case-news');
	if (news) {
		let told = '';
		const look = async () => {
			if (document.visibilityState !== 'visible') {
				return;
			}
			try {
				const answer = await fetch(news.dataset.news, { headers: { 'HX-Request': 'true' } });
				if (answer.status === 200) {
					const text = await answer.text();
					if (text !== told) {
						told = text;
						news.replaceChildren(...new DOMParser().parseFromString(text, 'text/html').body.children);
					}
				}
			}
			catch (offline) {
				// the next look tells
			}
		};
		setInterval(look, 4000);
		document.addEventListener('visibilitychange', look);
	}

	// photos large, one after the other
	const box = $('#lightbox');
	const list = $('[data-lightbox]');
	if (box && list) {
		const links = [...list.querySelectorAll('a[data-photo]')];
		let at = 0;
		const show = (number) => {
			at = (number + links.length) % links.length;
			$('#lightbox-photo').src = links[at].href;
			$('#lightbox-photo').alt = links[at].dataset.photo;
			$('#lightbox-name').textContent = links[at].dataset.photo;
			$('#lightbox-no').textContent = `${at + 1} / ${links.length}`;
		};
		list.addEventListener('click', (event) => {
			const link = event.target.closest('a[data-photo]');
			if (link && !event.ctrlKey && !event.metaKey) {
				event.preventDefault();
				show(links.indexOf(link));
				box.showModal();
			}
		});
		box.addEventListener('click', (event) => {
			const step = event.target.closest('[data-box]');
			if (step) {
				show(at + Number(step.dataset.box));
			}
			else if (event.target === box) {
				box.close();
			}
		});
		box.addEventListener('keydown', (event) => {
			if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
				event.preventDefault();
				show(at + (event.key === 'ArrowLeft' ? -1 : 1));
			}
		});
	}
})();
