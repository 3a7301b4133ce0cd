// What the editors of tables and diagrams share: words, saving with the version it was made from, and keeping what is not saved yet.
window.StudioEditor = (root) => {
	const $ = (id) => document.getElementById(id);
	const meta = (name) => document.querySelector(`meta[name=${name}]`)?.content;
	const data = root.dataset;
	const chinese = document.documentElement.lang.startsWith('zh');
	let version = Number(data.version);
	let dirty = false;
	let timer = null;
	let write = null;
	const key = () => `gridcase:studio:${data.file}`;

	// words of the library in Chinese; what is missing is told to the tests
	window.studioMisses = new Set();
	let words = window.studioWords ?? {};
	const translate = (template, replacements) => {
		let said = template;
		if (chinese) {
			if (template in words) {
				said = words[template];
			}
			else {
				window.studioMisses.add(template);
			}
		}
		return String(said ?? '').replace(/{([^}]+)}/g, (all, name) => (replacements ?? {})[name.trim()] ?? all);
	};

	const note = (state, text, ...actions) => {
		const box = $('st-note');
		box.replaceChildren();
		box.className = 'gc-note m-2 is-' + state;
		box.hidden = !text;
		const words = document.createElement('div');
		words.append(text ?? '');
		if (actions.length) {
			const row = document.createElement('div');
			row.className = 'row-x wrap mt-1';
			row.append(...actions);
			words.append(row);
		}
		box.append(words);
	};
	const button = (text, action) => {
		const made = document.createElement('button');
		made.type = 'button';
		made.className = 'btn btn-line';
		made.textContent = text;
		made.addEventListener('click', action);
		return made;
	};
	const link = (text, href, download) => {
		const made = document.createElement('a');
		made.className = 'btn btn-line';
		made.textContent = text;
		made.href = href;
		if (download) {
			made.download = download;
		}
		else {
			made.target = '_blank';
			made.rel = 'noopener';
		}
		return made;
	};

	const state = () => {
		$('st-saved').textContent = dirty ? data.unsaved : '';
		if ($('st-save')) {
			$('st-save').disabled = !dirty;
		}
	};

	/** The editor has changed something: kept here until it is saved. */
	const changed = (is) => {
		dirty = is;
		state();
		clearTimeout(timer);
		if (!is) {
			sessionStorage.removeItem(key());
			return;
		}
		timer = setTimeout(async () => {
			if (dirty) {
				sessionStorage.setItem(key(), JSON.stringify({ version, xml: await write() }));
			}
		}, 400);
	};

	const send = (address, method, body, type) => fetch(address, {
		method, body, headers: { [meta('csrf-header')]: meta('csrf-token'), 'Content-Type': type, 'HX-Request': 'true' }
	});

	const words422 = async (answer) => {
		const text = await answer.text();
		const said = new DOMParser().parseFromString(text, 'text/html').querySelector('.gc-note p, .gc-note h3, .gc-note');
		return said?.textContent.trim() || data.failed;
	};

	const save = async () => {
		if (!dirty) {
			return;
		}
		const xml = await write();
		sessionStorage.setItem(key(), JSON.stringify({ version, xml }));
		let answer;
		try {
			answer = await send(`${data.file}?version=${version}&edited=true`, 'PUT', xml, 'application/octet-stream');
		}
		catch {
			note('over', data.offline);
			return;
		}
		if (answer.headers.get('HX-Redirect')) {
			location.href = answer.headers.get('HX-Redirect');
			return;
		}
		if (answer.status === 409) {
			note('warn', await words422(answer), link(data.seeNew, location.href),
				link(data.keepMine, URL.createObjectURL(new Blob([xml], { type: 'application/xml' })), data.name),
				button(data.overwrite, async () => {
					const now = await fetch(data.file, { cache: 'no-store' });
					version = Number((now.headers.get('ETag') ?? '').replace(/\D/g, '')) || 0;
					await save();
				}));
			return;
		}
		if (!answer.ok) {
			note('over', await words422(answer));
			return;
		}
		const saved = await answer.json();
		const same = saved.version === version;
		version = saved.version;
		root.dataset.version = version;
		changed(false);
		note('ok', same ? data.same : data.done);
		root.dispatchEvent(new CustomEvent('studio:saved'));
	};

	/** Opens the file, or what was left unsaved of it if somebody wants that. */
	const open = async (read) => {
		const answer = await fetch(data.file, { cache: 'no-store' });
		if (!answer.ok) {
			note('over', await words422(answer));
			return;
		}
		const xml = await answer.text();
		await read(xml);
		const kept = JSON.parse(sessionStorage.getItem(key()) ?? 'null');
		if (kept && kept.xml !== xml && !data.readonly) {
			note(kept.version === version ? 'info' : 'warn', kept.version === version ? data.left : data.leftOld,
				button(data.restore, async () => {
					await read(kept.xml);
					note('info', null);
					changed(true);
				}), button(data.discard, () => {
					sessionStorage.removeItem(key());
					note('info', null);
				}));
		}
	};

	$('st-save')?.addEventListener('click', save);
	addEventListener('keydown', (event) => {
		if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
			event.preventDefault();
			save();
		}
	});
	addEventListener('beforeunload', (event) => {
		if (dirty) {
			event.preventDefault();
		}
	});
	state();
	return {
		translator: { translate: ['value', translate] }, translate, note, send, changed, save, open,
		readonly: Boolean(data.readonly), isDirty: () => dirty, words: (more) => { words = { ...more, ...words }; },
		writer: (how) => { write = how; }
	};
};
