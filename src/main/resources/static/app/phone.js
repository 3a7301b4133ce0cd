// Phone pages: reporting with photos, the queue of what waits, the tasks read without a network. Works without a service
// worker; without IndexedDB nothing outlives the page, and the page says so.
(() => {
	const $ = (selector, root = document) => root.querySelector(selector);
	const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
	const meta = (name) => $(`meta[name=${name}]`)?.content;
	const ph = $('#ph');
	const { login, base, worker } = ph.dataset;
	const words = JSON.parse(ph.dataset.words);
	const say = (key, ...values) => values.reduce((text, value, index) => text.replaceAll(`{${index}}`, value), words[key] ?? key);
	const queue = window.gridcaseQueue;

	// --- what every page does ---

	document.addEventListener('htmx:configRequest', (event) => {
		if (meta('csrf-header')) {
			event.detail.headers[meta('csrf-header')] = meta('csrf-token');
		}
	});
	document.addEventListener('htmx:beforeRequest', (event) => {
		// fields that depend on others have to wait for the network
		if (offline) {
			event.preventDefault();
		}
	});
	const note = (text, kind = 'is-over') => {
		const box = document.createElement('div');
		box.className = `gc-note ${kind} ph-note`;
		const inner = document.createElement('div');
		inner.append(text);
		box.append(inner);
		$('#flash').replaceChildren(box);
		box.scrollIntoView({ block: 'nearest' });
		return box;
	};
	document.addEventListener('htmx:responseError', (event) => {
		const parsed = new DOMParser().parseFromString(event.detail.xhr.responseText, 'text/html').querySelector('.gc-note');
		note(parsed ? parsed.textContent.trim() : say('failed'));
	});
	$('#form-problems')?.focus();

	// the words above the page: no network, or signed out
	let offline = false;
	const net = (title, text, link) => {
		$('#net').hidden = !title;
		$('#net-title').textContent = title ?? '';
		$('#net-text').textContent = text ?? '';
		if (link) {
			const away = document.createElement('a');
			away.href = link.href;
			away.textContent = link.text;
			$('#net-text').append(' ', away);
		}
	};
	const waiting = async () => (await queue.all(login)).filter((item) => ['waiting', 'sending', 'failed', 'refused'].includes(item.state));
	const banner = async () => {
		const count = (await waiting()).length;
		const read = $('#read-at');
		if (offline) {
			net(read ? say('offline.list', read.textContent) : say('offline'), count ? say('offline.kept', count) : say(read ? 'offline.tasks' : 'offline.how'),
				count ? { href: ($('#queue') ? '' : base + 'm/report') + '#queue', text: say('see') } : null);
		}
		else {
			net(null);
		}
		await showQueue();
		if ($('#send')) {
			$('#send').textContent = offline ? say('keep') : $('#send').dataset.online;
		}
	};
	const signedOut = async () => net(say('signedOut'), say('signedOut.kept', (await waiting()).length), { href: location.pathname, text: say('signIn') });

	// whether there is a network: asked, not believed
	const check = async () => {
		try {
			const signed = await queue.token();
			offline = false;
			await banner();
			return signed;
		}
		catch (failure) {
			offline = failure instanceof queue.Offline;
			if (failure instanceof queue.SignedOut) {
				await signedOut();
			}
			else {
				await banner();
			}
			return null;
		}
	};
	const flush = async (now = null) => {
		const result = await queue.flush(login, now);
		if (result === 'signed out') {
			await signedOut();
		}
		else if (result === 'offline') {
			// a line that broke once may be there again
			await check();
			await showQueue();
		}
		else if (result === 'done') {
			offline = false;
			await banner();
		}
		return result;
	};

	addEventListener('offline', () => {
		offline = true;
		banner();
	});
	const back = async () => {
		if (await check()) {
			await flush('all');
		}
	};
	addEventListener('online', back);
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'visible') {
			check().then((signed) => signed && flush());
		}
	});

	// --- what the phone keeps ---

	const registered = worker && 'serviceWorker' in navigator
		? navigator.serviceWorker.register(worker, { scope: base }).then(() => navigator.serviceWorker.ready).catch(() => null) : Promise.resolve(null);
	const remembered = (() => {
		try {
			return localStorage;
		}
		catch (failure) {
			// embedded browsers may forbid it: then nothing is remembered
			return null;
		}
	})();
	const KEPT_FOR = 'gridcase-kept-for';
	const readAhead = async (signed) => {
		const registration = await registered;
		if (!registration?.active || !signed) {
			return;
		}
		if (remembered && remembered.getItem(KEPT_FOR) !== signed.login) {
			registration.active.postMessage('forget');
			remembered.setItem(KEPT_FOR, signed.login);
		}
		registration.active.postMessage('read ahead');
	};
	navigator.serviceWorker?.addEventListener('message', (event) => {
		if (event.data === 'kept') {
			ph.dataset.kept = 'yes';
			if ($('#me-offline')) {
				$('#me-offline').textContent = say('me.offline');
			}
		}
	});
	$('#sign-out')?.addEventListener('submit', () => {
		remembered?.removeItem(KEPT_FOR);
		navigator.serviceWorker?.controller?.postMessage('forget');
	});

	// --- large type: at once, without losing what is being written ---

	$('#type-form').addEventListener('submit', async (event) => {
		event.preventDefault();
		const button = $('button', event.target);
		const large = ph.classList.toggle('large');
		button.setAttribute('aria-pressed', String(large));
		button.value = String(!large);
		try {
			const signed = await queue.token();
			const answer = await fetch(event.target.action, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ large }),
				headers: { [signed.header]: signed.token } });
			if (answer.type === 'opaqueredirect') {
				ph.dataset.type = large ? 'large' : 'usual';
			}
		}
		catch (failure) {
			note(say('type.notKept'), 'is-warn');
		}
	});

	// --- how far away things are ---

	const far = (one, other) => {
		const rad = Math.PI / 180;
		const x = (one.longitude - other.longitude) * rad * Math.cos((one.latitude + other.latitude) / 2 * rad);
		return Math.hypot(x, (one.latitude - other.latitude) * rad) * 6371008;
	};
	const distance = (metres) => metres < 1000 ? say('far.metres', Math.max(10, Math.round(metres / 10) * 10)) : say('far.kilometres', (metres / 1000).toFixed(1));
	const here = (patience) => new Promise((resolve, reject) => navigator.geolocation
		? navigator.geolocation.getCurrentPosition((position) => resolve(position.coords), reject, { enableHighAccuracy: true, timeout: patience, maximumAge: 60000 })
		: reject(new Error('no geolocation')));
	const distances = async () => {
		const spots = $$('[data-longitude][data-latitude]');
		// nobody is asked for a position just to see a list
		const allowed = await navigator.permissions?.query({ name: 'geolocation' }).catch(() => null);
		if (!spots.length || allowed?.state !== 'granted') {
			return;
		}
		const me = await here(8000).catch(() => null);
		if (me) {
			spots.forEach((spot) => {
				const line = spot.matches('.ph-far') ? spot : $('.ph-far', spot);
				if (line) {
					line.textContent = distance(far(me, { longitude: Number(spot.dataset.longitude), latitude: Number(spot.dataset.latitude) }));
					line.hidden = false;
				}
			});
		}
	};

	// --- photos ---

	const LONGEST_SIDE = 1280;
	const LARGEST = 220 * 1024;
	const picture = (file) => new Promise((resolve, reject) => {
		const address = URL.createObjectURL(file);
		const image = new Image();
		image.onload = () => resolve({ image, done: () => URL.revokeObjectURL(address) });
		image.onerror = () => {
			URL.revokeObjectURL(address);
			reject(new Error('unreadable'));
		};
		image.src = address;
	});
	const blob = (canvas, quality) => new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
	const bytesOf = (file) => file.arrayBuffer ? file.arrayBuffer() : new Response(file).arrayBuffer();
	const key = () => crypto.randomUUID ? crypto.randomUUID()
		: '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) => (digit ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> digit / 4).toString(16));

	/** A photo made small; where and when it was taken is read before, since the canvas forgets it. */
	const shrink = async (file) => {
		const facts = window.gridcaseExif.read(await bytesOf(file));
		const { image, done } = await picture(file);
		const scale = Math.min(1, LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
		const canvas = document.createElement('canvas');
		canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
		canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
		canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
		done();
		let small = null;
		for (const quality of [0.82, 0.72, 0.62, 0.5]) {
			small = await blob(canvas, quality);
			if (small.size <= LARGEST) {
				break;
			}
		}
		const taken = facts.taken?.replace('T', ' ').slice(0, 16);
		return { key: key(), name: `${taken ? taken.replace(':', '.') : say('photo')}.jpg`, type: 'image/jpeg', bytes: await bytesOf(small), facts };
	};
	const shown = new Map();
	const address = (photo) => {
		if (!photo.bytes) {
			return '';
		}
		if (!shown.has(photo.key)) {
			shown.set(photo.key, URL.createObjectURL(new Blob([photo.bytes], { type: photo.type })));
		}
		return shown.get(photo.key);
	};

	// a task's photos go up at once, so that a form that has to be mended keeps them
	document.addEventListener('change', async (event) => {
		const box = event.target.closest('[data-upload]');
		const form = box?.closest('form');
		if (!box || event.target.type !== 'file' || !form.dataset.case) {
			return;
		}
		const label = event.target.closest('label');
		label.setAttribute('aria-busy', 'true');
		for (const file of [...event.target.files]) {
			try {
				const photo = await shrink(file);
				const id = await again(async () => queue.photo(photo, await queue.token(), form.dataset.case));
				const line = document.createElement('li');
				const image = document.createElement('img');
				image.className = 'gc-photo';
				image.src = address(photo);
				image.alt = photo.name;
				const hidden = document.createElement('input');
				hidden.type = 'hidden';
				hidden.name = box.dataset.name;
				hidden.value = id;
				const away = document.createElement('button');
				away.type = 'button';
				away.className = 'btn btn-bare';
				away.textContent = say('remove');
				away.addEventListener('click', () => line.remove());
				line.append(image, hidden, away);
				$('.gc-uploads', box).append(line);
			}
			catch (failure) {
				if (failure instanceof queue.SignedOut) {
					await signedOut();
				}
				else {
					note(failure instanceof queue.Refused ? failure.errors[0]?.message ?? failure.message
						: say(failure instanceof queue.Offline ? 'photo.offline' : failure.message === 'unreadable' ? 'photo.unreadable' : 'failed'));
				}
			}
		}
		label.removeAttribute('aria-busy');
		event.target.value = '';
	});
	// once more when the line broke: the key makes sure that it is one photo
	const again = (work) => work().catch((failure) => failure instanceof queue.Offline ? work() : Promise.reject(failure));
	document.addEventListener('click', (event) => {
		if (event.target.closest('.gc-uploads [data-remove]')) {
			event.target.closest('li').remove();
		}
		const fill = event.target.closest('[data-fill]');
		if (fill) {
			$('#' + fill.dataset.fill).value = fill.value;
		}
	});

	// a task is sent once, and what was typed survives a session that ends
	document.addEventListener('submit', (event) => {
		const form = event.target;
		if (form.method === 'post' && form.id !== 'report' && form.id !== 'type-form') {
			if (form.dataset.sent) {
				event.preventDefault();
			}
			form.dataset.sent = 'yes';
		}
	});
	addEventListener('pageshow', () => $$('form[data-sent]').forEach((form) => delete form.dataset.sent));
	$$('form[data-keep]').forEach((form) => {
		const name = 'gridcase:' + form.dataset.keep;
		const kept = JSON.parse(sessionStorage.getItem(name) ?? 'null');
		if (kept && !form.hasAttribute('data-filled')) {
			$$('textarea, input[type=text]', form).filter((field) => !field.value && kept[field.name]).forEach((field) => {
				field.value = kept[field.name];
			});
		}
		form.addEventListener('input', () => sessionStorage.setItem(name, JSON.stringify(
			Object.fromEntries([...new FormData(form)].filter(([field, value]) => typeof value === 'string' && field !== '_csrf')))));
	});
	$$('[data-kept-done]').forEach((done) => sessionStorage.removeItem('gridcase:' + done.dataset.keptDone));

	// --- the report ---

	const form = $('#report');
	let photos = [];
	let position = null;
	let draftKey = null;
	let pristine = null;

	const value = (name) => form.elements[name]?.value ?? '';
	const values = () => [...new FormData(form)].filter(([name, given]) => typeof given === 'string'
		&& !['_csrf', 'key', 'channel'].includes(name) && given !== '');

	const showPosition = () => {
		if (!$('#where')) {
			return;
		}
		$('#longitude').value = position ? position.longitude.toFixed(6) : '';
		$('#latitude').value = position ? position.latitude.toFixed(6) : '';
		$('#where').textContent = say('where.' + (position?.from ?? 'grid'));
		const spot = position ? `${position.latitude.toFixed(5)}, ${position.longitude.toFixed(5)}` : '';
		$('#where-more').textContent = !position ? say('where.grid.how') : position.from === 'photo'
			? spot + (position.taken ? say('where.taken', position.taken) : '') : spot + say('where.accuracy', Math.round(position.accuracy));
	};
	// the grid around the position is proposed, unless somebody has chosen one
	const propose = async () => {
		const select = form.elements.gridCode;
		if (!position || !select || form.dataset.chosen) {
			return;
		}
		try {
			const answer = await fetch(`${form.dataset.fields.replace(/fields$/, 'grid')}?longitude=${position.longitude}&latitude=${position.latitude}`,
				{ headers: { 'HX-Request': 'true' } });
			if (answer.status === 200) {
				const { code, name } = await answer.json();
				if ([...form.elements.gridCode.options].some((option) => option.value === code)) {
					form.elements.gridCode.value = code;
					$('#where-more').textContent += say('where.in', name);
				}
			}
		}
		catch (failure) {
			// without a network the grid is chosen from the list
			offline = true;
			await banner();
		}
	};
	const locate = async (asked) => {
		if (!$('#where')) {
			return;
		}
		$('#where').textContent = say('where.looking');
		try {
			const coords = await here(15000);
			position = { from: 'phone', longitude: coords.longitude, latitude: coords.latitude, accuracy: coords.accuracy };
		}
		catch (failure) {
			if (asked) {
				note(say('where.none'), 'is-warn');
			}
		}
		showPosition();
		await propose();
		save();
	};

	const showPhotos = () => {
		$$('#photos figure').forEach((old) => old.remove());
		const add = $('#add-camera');
		photos.forEach((photo) => {
			const figure = document.createElement('figure');
			const image = document.createElement('img');
			image.src = address(photo);
			image.alt = photo.name;
			const caption = document.createElement('figcaption');
			caption.textContent = photo.facts?.taken ? photo.facts.taken.slice(5, 16).replace('T', ' ') : say('photo.size', Math.round(photo.bytes.byteLength / 1024));
			const away = document.createElement('button');
			away.type = 'button';
			away.className = 'btn';
			away.setAttribute('aria-label', say('photo.remove', photo.name));
			away.textContent = '✕';
			away.addEventListener('click', () => {
				photos = photos.filter((other) => other !== photo);
				if (position?.from === 'photo' && position.photo === photo.key) {
					position = null;
					showPosition();
				}
				showPhotos();
				save();
			});
			figure.append(image, caption, away);
			add.before(figure);
		});
	};
	const addPhotos = async (files) => {
		for (const file of files) {
			try {
				const photo = await shrink(file);
				photo.field = form.dataset.photos;
				photos.push(photo);
				const { latitude, longitude, taken } = photo.facts;
				if (latitude !== undefined && position?.from !== 'photo') {
					position = { from: 'photo', latitude, longitude, taken: taken?.slice(5, 16).replace('T', ' '), photo: photo.key };
					showPosition();
				}
			}
			catch (failure) {
				note(say(failure.message === 'unreadable' ? 'photo.unreadable' : 'failed'));
			}
		}
		showPhotos();
		await propose();
		await save();
		if (!position) {
			await locate(false);
		}
	};

	// --- what is being written is kept too: cameras push pages out of memory ---

	let saving = null;
	const item = (state) => ({ key: draftKey, login, state, channel: value('channel'), values: values(), photos, position,
		title: value('title'), address: value('address'), at: Date.now() });
	const save = async () => {
		clearTimeout(saving);
		if (form && draftKey && (values().some(([name]) => ['title', 'description', 'address'].includes(name)) || photos.length)) {
			await queue.put(item('draft')).catch((failure) => note(say(failure.name === 'QuotaExceededError' ? 'full' : 'failed')));
		}
	};
	const fill = async (draft) => {
		draftKey = draft.key;
		photos = draft.photos;
		position = draft.position ?? null;
		const apply = () => draft.values.forEach(([name, given]) => {
			const field = form.elements[name];
			if (field instanceof RadioNodeList) {
				[...field].forEach((each) => each.type === 'checkbox' ? each.checked ||= each.value === given : each.checked = each.value === given);
			}
			else if (field?.type === 'checkbox') {
				field.checked = given === 'true';
			}
			else if (field) {
				field.value = given;
			}
		});
		apply();
		// fields that depend on others come from the server
		if (!offline && window.htmx) {
			await htmx.ajax('POST', form.dataset.fields, { source: form, target: '#fields', swap: 'outerHTML' }).catch(() => null);
			apply();
		}
		showPhotos();
		showPosition();
	};
	const fresh = () => {
		$('#fields').replaceWith(pristine.cloneNode(true));
		window.htmx?.process($('#fields'));
		problems([]);
		photos = [];
		position = null;
		delete form.dataset.chosen;
		draftKey = key();
		form.elements.key.value = draftKey;
		showPhotos();
		showPosition();
		chips();
	};

	const problems = (errors) => {
		$$('#fields .is-invalid, #fields [aria-invalid]').forEach((field) => {
			field.classList.remove('is-invalid');
			field.removeAttribute('aria-invalid');
		});
		if (!errors.length) {
			$('#problems').replaceChildren();
			return;
		}
		const box = document.createElement('div');
		box.className = 'gc-note is-over ph-note';
		box.id = 'form-problems';
		box.tabIndex = -1;
		box.setAttribute('role', 'alert');
		const list = document.createElement('ul');
		errors.forEach((error) => {
			const line = document.createElement('li');
			const link = document.createElement('a');
			link.href = '#f-' + error.field;
			link.textContent = error.label ?? error.field;
			line.append(link, '：', error.message);
			list.append(line);
			const field = $('#f-' + error.field);
			field?.classList.add('is-invalid');
			field?.setAttribute('aria-invalid', 'true');
		});
		const head = document.createElement('h3');
		head.textContent = say('problems', errors.length);
		const inner = document.createElement('div');
		inner.append(head, list);
		box.append(inner);
		$('#problems').replaceChildren(box);
		box.focus({ preventScroll: true });
		box.scrollIntoView({ block: 'start' });
	};
	const unfit = () => JSON.parse(form.dataset.checks).flatMap((check) => {
		const all = new FormData(form).getAll(check.key).filter(Boolean);
		const length = [...(all[0] ?? '')].length;
		const wrong = check.key === form.dataset.photos ? check.required && !photos.length && say('check.photo')
			: check.required && !all.length ? say(check.choice ? 'check.choose' : 'check.required')
				: length && check.minLength && length < check.minLength ? say('check.short', check.minLength, length)
					: check.maxLength && length > check.maxLength ? say('check.long', check.maxLength, length) : null;
		return wrong ? [{ field: check.key, label: check.label, message: wrong }] : [];
	});

	const submit = async (event) => {
		event.preventDefault();
		const wrong = unfit();
		problems(wrong);
		if (wrong.length || form.dataset.busy) {
			return;
		}
		form.dataset.busy = 'yes';
		$('#send').setAttribute('aria-busy', 'true');
		try {
			clearTimeout(saving);
			const mine = draftKey;
			await queue.put(item('waiting'));
			remember(value('category'));
			const result = await flush(mine);
			const after = await queue.get(mine);
			if (after?.state === 'sent') {
				fresh();
				reported(after);
			}
			else if (after?.state === 'refused' && after.errors.length) {
				await queue.put({ ...after, state: 'draft' });
				problems(after.errors);
			}
			else {
				fresh();
				note(say(!(await queue.lasting()) ? 'kept.page' : result === 'signed out' ? 'kept.signIn' : after?.state === 'refused' ? 'kept.refused' : 'kept'), 'is-info');
				scrollTo({ top: 0, behavior: 'instant' });
			}
		}
		catch (failure) {
			note(say(failure.name === 'QuotaExceededError' ? 'full' : 'failed'));
		}
		finally {
			delete form.dataset.busy;
			$('#send').removeAttribute('aria-busy');
		}
	};
	const reported = (sent) => {
		const box = note(say('reported', sent.caseNo) + ' ', 'is-info');
		const link = document.createElement('a');
		link.href = base + 'm/cases/' + sent.caseNo;
		link.textContent = say('open');
		box.firstElementChild.append(link);
		scrollTo({ top: 0, behavior: 'instant' });
	};

	// --- kinds of matters one reports most ---

	const RECENT = 'gridcase-recent-' + login;
	const recent = () => JSON.parse(remembered?.getItem(RECENT) ?? '[]');
	const remember = (category) => {
		if (category && remembered) {
			remembered.setItem(RECENT, JSON.stringify([category, ...recent().filter((other) => other !== category)].slice(0, 4)));
		}
	};
	const chips = () => {
		const row = $('#recent');
		const select = form.elements.category;
		const offered = select ? recent().map((code) => [...select.options].find((option) => option.value === code)).filter(Boolean) : [];
		row.hidden = !offered.length;
		row.replaceChildren(...offered.map((option) => {
			const chip = document.createElement('button');
			chip.type = 'button';
			chip.className = 'btn btn-line';
			chip.textContent = option.textContent.split('›').pop().trim();
			chip.setAttribute('aria-pressed', String(select.value === option.value));
			chip.addEventListener('click', () => {
				form.elements.category.value = option.value;
				form.elements.category.dispatchEvent(new Event('change', { bubbles: true }));
				chips();
			});
			return chip;
		}));
	};
	const ownFirst = () => {
		const select = form.elements.gridCode;
		if (select?.options) {
			form.dataset.own.split(',').filter(Boolean).reverse()
				.map((code) => [...select.options].find((option) => option.value === code))
				.filter(Boolean)
				.forEach((option) => select.options[0].after(option));
		}
	};

	// --- the queue, to be seen ---

	const time = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
	const size = (item) => item.photos.reduce((sum, photo) => sum + (photo.bytes?.byteLength ?? 0), 0);
	const megabytes = (bytes) => (bytes / 1048576).toFixed(1);
	const state = (item) => offline && (item.state === 'waiting' || (item.state === 'failed' && item.why === 'offline')) ? 'offline' : item.state;
	const explain = (item) => item.state === 'sent' ? say('queue.caseNo', item.caseNo)
		: item.state === 'refused' ? (item.errors.length ? item.errors.map((error) => `${error.label ?? error.field}：${error.message}`).join('；') : item.why)
			: item.state === 'failed' ? say(item.why === 'offline' ? 'queue.broken' : 'queue.trouble') : say('queue.photos', item.photos.length);
	const showQueue = async () => {
		const items = (await queue.all(login)).filter((item) => item.state !== 'draft');
		const open = items.filter((item) => item.state !== 'sent');
		$('#queue-count').hidden = !open.length;
		$('#queue-count').textContent = open.length;
		if ($('#me-queue')) {
			$('#me-queue').textContent = open.length ? say('queue.count', open.length) : say('me.none');
			$('#me-waiting').hidden = !open.length;
			$('#me-waiting').textContent = say('me.waiting', open.length);
		}
		if (!$('#queue')) {
			return;
		}
		$('#queue').hidden = !items.length;
		$('#queue-sum').textContent = open.length ? say('queue.sum', open.length, megabytes(open.reduce((sum, item) => sum + size(item), 0))) : '';
		$('#queue-items').replaceChildren(...items.map((item) => {
			const row = $('#queue-item').content.firstElementChild.cloneNode(true);
			row.dataset.key = item.key;
			row.dataset.is = item.state;
			const image = $('img', row);
			const first = item.photos.find((photo) => photo.bytes);
			if (first) {
				image.src = address(first);
			}
			else {
				image.replaceWith(Object.assign(document.createElement('span'), { className: 'gc-photo' }));
			}
			$('[data-title]', row).textContent = item.title;
			const mark = $('[data-state]', row);
			mark.textContent = say('state.' + state(item));
			mark.classList.toggle('hot', ['failed', 'refused'].includes(item.state));
			$('[data-more]', row).textContent = [item.address, time(item.at), explain(item)].filter(Boolean).join('，');
			const on = (name, wanted, work) => {
				const button = $(`[data-${name}]`, row);
				button.hidden = !wanted;
				button.addEventListener('click', work);
			};
			$('[data-open]', row).hidden = item.state !== 'sent';
			$('[data-open]', row).href = base + 'm/cases/' + item.caseNo;
			on('retry', ['waiting', 'failed'].includes(item.state), () => tryOne(item.key));
			on('mend', item.state === 'refused', async () => {
				await queue.put({ ...item, state: 'draft' });
				await fill(item);
				problems(item.errors);
			});
			on('delete', item.state !== 'sending', async () => {
				// asked once more in place: embedded browsers have no dialogs
				const button = $('[data-delete]', row);
				if (item.state === 'sent' || button.dataset.sure) {
					await queue.remove(item.key);
				}
				else {
					button.dataset.sure = 'yes';
					button.textContent = say('queue.sure');
				}
			});
			return row;
		}));
	};
	const tryOne = async (one) => {
		if (await check()) {
			await flush(one);
		}
		await showQueue();
	};
	queue.changed(showQueue);

	const start = async () => {
		await showQueue();
		const signed = await check();
		if (form) {
			$('#locate')?.removeAttribute('hidden');
			$('#locate')?.addEventListener('click', () => locate(true));
			$('#photos')?.addEventListener('change', async (event) => {
				const files = [...event.target.files];
				event.target.value = '';
				await addPhotos(files);
			});
			form.addEventListener('submit', submit);
			form.addEventListener('input', () => {
				clearTimeout(saving);
				saving = setTimeout(save, 600);
			});
			form.addEventListener('change', (event) => {
				if (event.target.name === 'category') {
					chips();
				}
				if (event.target.name === 'gridCode') {
					form.dataset.chosen = 'yes';
				}
			});
			document.addEventListener('htmx:afterSwap', ownFirst);
			ownFirst();
			pristine = $('#fields').cloneNode(true);
			draftKey = form.elements.key.value;
			if (!(await queue.lasting())) {
				note(say('notLasting'), 'is-warn');
			}
			const draft = (await queue.all(login)).filter((item) => item.state === 'draft').pop();
			if (draft && !form.dataset.filled) {
				await fill(draft);
			}
			else {
				// what the server was asked for last time has been seen already: this page sends under a new key
				draftKey = key();
				showPosition();
			}
			chips();
			form.dataset.ready = 'yes';
		}
		ph.dataset.ready = 'yes';
		if (signed) {
			await flush();
			await readAhead(signed);
		}
		await distances();
	};
	start();
})();
