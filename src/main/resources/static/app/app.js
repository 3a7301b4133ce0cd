// Behaviour shared by all pages. No inline script anywhere (strict CSP); htmx does the fetching.
(() => {
	const $ = (selector, root = document) => root.querySelector(selector);
	const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
	const meta = (name) => $(`meta[name=${name}]`)?.content;
	const typing = (event) => event.target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select')
		|| event.ctrlKey || event.metaKey || event.altKey;

	// every request that changes something carries the token of this session
	document.addEventListener('htmx:configRequest', (event) => {
		if (meta('csrf-header')) {
			event.detail.headers[meta('csrf-header')] = meta('csrf-token');
		}
	});

	// what the server refused is shown where people look first
	document.addEventListener('htmx:responseError', (event) => show(event.detail.xhr.responseText));
	document.addEventListener('htmx:sendError', () => show(null));
	const show = (html) => {
		const flash = $('#flash');
		if (!flash) {
			return;
		}
		const parsed = html && new DOMParser().parseFromString(html, 'text/html').querySelector('.gc-note');
		if (parsed) {
			flash.replaceChildren(parsed);
		}
		else {
			const note = document.createElement('div');
			note.className = 'gc-note is-over mb-2';
			note.textContent = document.documentElement.lang.startsWith('zh')
				? '没有连上服务器，刚才的操作没有送出。请检查网络后重试。' : 'The server could not be reached; nothing was sent. Check the network and try again.';
			flash.replaceChildren(note);
		}
		flash.scrollIntoView({ block: 'nearest' });
	};

	$('#nav-button')?.addEventListener('click', (event) => {
		const open = $('#nav').classList.toggle('open');
		event.currentTarget.setAttribute('aria-expanded', String(open));
	});
	document.addEventListener('keydown', (event) => {
		if (event.key === '/' && !typing(event)) {
			event.preventDefault();
			($('[data-find]') ?? $('#q'))?.focus();
		}
	});
	document.addEventListener('click', (event) => {
		const menu = $('.gc-me[open]');
		if (menu && !menu.contains(event.target)) {
			menu.removeAttribute('open');
		}
	});
	$('#form-problems')?.focus();

	// filters act when they change
	document.addEventListener('change', (event) => {
		if (event.target.closest('form[data-auto]')) {
			event.target.form.requestSubmit();
		}
	});
	// one click sends once
	document.addEventListener('submit', (event) => {
		const form = event.target;
		if (form.method === 'post' && !form.hasAttribute('data-again')) {
			if (form.dataset.sent) {
				event.preventDefault();
				return;
			}
			form.dataset.sent = 'yes';
		}
	});

	// what was typed survives a session that ends: kept per address until it is sent
	$$('form[data-keep]').forEach((form) => {
		const key = 'gridcase:' + form.dataset.keep;
		const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
		if (kept && !form.hasAttribute('data-filled')) {
			Object.entries(kept).forEach(([name, value]) => {
				const field = form.elements[name];
				if (field && 'value' in field && field.type !== 'hidden' && field.type !== 'checkbox' && !field.value) {
					field.value = value;
				}
			});
		}
		form.addEventListener('input', () => sessionStorage.setItem(key, JSON.stringify(
			Object.fromEntries([...new FormData(form)].filter(([name, value]) => typeof value === 'string' && name !== '_csrf')))));
	});
	$$('[data-kept-done]').forEach((note) => sessionStorage.removeItem('gridcase:' + note.dataset.keptDone));

	// photos go up at once, so that a form that has to be mended keeps them
	document.addEventListener('change', async (event) => {
		const box = event.target.closest('[data-upload]');
		if (!box || event.target.type !== 'file') {
			return;
		}
		const address = box.closest('form').dataset.uploads;
		for (const file of event.target.files) {
			const body = new FormData();
			body.append('file', file);
			const answer = await fetch(address, { method: 'POST', body, headers: { [meta('csrf-header')]: meta('csrf-token'), 'HX-Request': 'true' } });
			if (answer.headers.get('HX-Redirect')) {
				location.href = answer.headers.get('HX-Redirect');
				return;
			}
			const text = await answer.text();
			if (!answer.ok) {
				show(text);
				continue;
			}
			$('.gc-uploads', box).append(new DOMParser().parseFromString(text, 'text/html').body.firstElementChild);
			const hidden = $('.gc-uploads', box).lastElementChild.querySelector('input');
			if (hidden) {
				hidden.name = box.dataset.name;
			}
		}
		event.target.value = '';
	});
	document.addEventListener('click', (event) => {
		const fill = event.target.closest('[data-fill]');
		if (fill) {
			const field = $('#' + fill.dataset.fill);
			field.value = fill.value;
			field.dispatchEvent(new Event('input', { bubbles: true }));
			field.focus();
		}
		if (event.target.closest('[data-remove]')) {
			event.target.closest('li').remove();
		}
	});
})();
