// Moves through a replay without loading the page anew, and draws the diagrams as they were. Needs bpmn-js (BpmnJS).
(() => {
	const root = document.getElementById('rp');
	if (!root) {
		return;
	}
	const $ = (selector, within = document) => within.querySelector(selector);
	const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
	const total = Number(root.dataset.total);
	const stage = $('#rp-dias');
	const words = root.dataset;
	let step = Number(root.dataset.step);

	// --- diagrams ---

	const drawings = new Map();
	const drawing = (definition) => {
		if (!drawings.has(definition)) {
			drawings.set(definition, fetch(words.diagrams + encodeURIComponent(definition)).then((answer) => {
				if (!answer.ok) {
					throw new Error(answer.status);
				}
				return answer.text();
			}));
		}
		return drawings.get(definition);
	};
	const main = document.createElement('div');
	main.className = 'rp-main scroll-x';
	main.tabIndex = 0;
	main.setAttribute('role', 'region');
	main.setAttribute('aria-labelledby', 'rp-dia-head');
	const subs = document.createElement('div');
	subs.className = 'rp-subs';
	const more = document.createElement('div');
	more.className = 'rp-more';
	stage.replaceChildren(main, subs, more);
	const boxes = new Map();
	// what somebody opened or closed by hand stays so
	const wanted = new Map();
	let pictures = [];

	const button = (text, label, action) => {
		const made = document.createElement('button');
		made.type = 'button';
		made.textContent = text;
		if (label !== text) {
			made.setAttribute('aria-label', label);
		}
		made.addEventListener('click', action);
		return made;
	};

	const box = (picture, first) => {
		let made = boxes.get(picture.run);
		if (!made) {
			const frame = document.createElement('section');
			frame.className = 'rp-box';
			const head = document.createElement('header');
			const name = document.createElement('h3');
			const version = document.createElement('span');
			version.className = 'small muted';
			head.append(name, version);
			const pane = document.createElement('div');
			pane.className = 'rp-dia';
			pane.setAttribute('role', 'group');
			const close = button(words.close, words.close + ' ' + picture.name, () => {
				wanted.set(picture.run, false);
				draw();
			});
			close.className = 'btn btn-bare push';
			head.append(close);
			frame.append(head, pane);
			made = { frame, name, version, close, pane, definition: null, viewer: null, marks: [], queue: Promise.resolve() };
			boxes.set(picture.run, made);
		}
		made.close.hidden = first;
		made.name.textContent = picture.name;
		made.version.textContent = picture.version;
		made.pane.setAttribute('aria-label', picture.name + ' ' + picture.version);
		return made;
	};

	const fit = (made) => {
		if (!made.viewer || !made.frame.isConnected) {
			return;
		}
		const canvas = made.viewer.get('canvas');
		const size = canvas.viewbox().inner;
		if (!(size.width > 0) || made.pane.clientWidth === 0) {
			return;
		}
		made.pane.style.height = Math.max(130, Math.min(430, Math.round(made.pane.clientWidth * size.height / size.width) + 24)) + 'px';
		canvas.resized();
		const scale = canvas.zoom('fit-viewport', 'auto');
		if (scale > 0 && Number.isFinite(scale)) {
			canvas.zoom(scale * .97, 'auto');
		}
	};
	addEventListener('resize', () => boxes.forEach(fit));

	const mark = async (made, picture) => {
		if (made.definition !== picture.definition) {
			made.viewer?.destroy();
			made.viewer = null;
			made.pane.replaceChildren();
			const xml = await drawing(picture.definition);
			const viewer = new BpmnJS({ container: made.pane, zoomScroll: { enabled: false } });
			await viewer.importXML(xml);
			made.viewer = viewer;
			made.definition = picture.definition;
			made.marks = [];
			fit(made);
		}
		const canvas = made.viewer.get('canvas');
		const overlays = made.viewer.get('overlays');
		const registry = made.viewer.get('elementRegistry');
		overlays.clear();
		made.marks.forEach(([id, marker]) => canvas.removeMarker(id, marker));
		made.marks = [];
		const add = (id, marker) => {
			canvas.addMarker(id, marker);
			made.marks.push([id, marker]);
		};
		const over = new Set(picture.over);
		const put = (id, position, className, text) => {
			const note = document.createElement('div');
			note.className = className;
			note.textContent = text;
			overlays.add(id, { position, html: note });
			return note;
		};
		for (const [id, visit] of Object.entries(picture.nodes)) {
			const element = registry.get(id);
			if (!element) {
				continue;
			}
			add(id, over.has(id) ? 'rp-over' : visit.now ? 'rp-now' : 'rp-done');
			if (visit.hot) {
				add(id, 'rp-hot');
			}
			if (/Task|Activity|SubProcess/.test(element.type)) {
				put(id, { top: -10, left: -6 }, 'rp-badge', String(visit.times)).title = words.times.replace('{0}', visit.times);
				if (visit.text) {
					put(id, { bottom: 9, left: 4 }, 'rp-time', visit.text);
				}
				const called = pictures.filter((each) => each.calledBy === picture.run && each.callElement === id && !boxes.get(each.run)?.frame.isConnected);
				if (called.length > 0) {
					const into = button(words.open, words.open + ' ' + called.map((each) => each.name).join(' '), () => {
						called.forEach((each) => wanted.set(each.run, true));
						draw();
					});
					into.className = 'rp-into';
					overlays.add(id, { position: { top: -10, right: 30 }, html: into });
				}
			}
		}
		picture.flows.filter((id) => registry.get(id)).forEach((id) => add(id, 'rp-done'));
	};

	const draw = () => {
		const shown = pictures.filter((picture, at) => at === 0 || (wanted.get(picture.run) ?? picture.open));
		const runs = new Set(shown.map((picture) => picture.run));
		boxes.forEach((made, run) => {
			if (!runs.has(run)) {
				made.frame.remove();
			}
		});
		shown.forEach((picture, at) => {
			const made = box(picture, at === 0);
			const home = (at === 0) ? main : subs;
			// units that work on the same step beside each other
			made.frame.classList.toggle('rp-half', at > 0 && shown.some((other) => other !== picture
				&& other.calledBy === picture.calledBy && other.callElement && other.callElement === picture.callElement));
			if (made.frame.parentElement !== home) {
				home.append(made.frame);
			}
		});
		if (main.children.length > 1) {
			[...main.children].filter((frame) => frame !== boxes.get(shown[0].run).frame).forEach((frame) => frame.remove());
		}
		shown.forEach((picture) => {
			const made = boxes.get(picture.run);
			made.queue = made.queue.then(() => mark(made, picture)).then(() => fit(made)).catch((failure) => {
				made.pane.textContent = String(failure.message);
			});
		});
		more.replaceChildren(...pictures.filter((picture) => !runs.has(picture.run)).map((picture) => {
			const open = button(words.open + ' ' + picture.name, words.open + ' ' + picture.name, () => {
				wanted.set(picture.run, true);
				draw();
			});
			open.className = 'btn btn-line';
			return open;
		}));
	};
	const state = (json) => {
		pictures = JSON.parse(json);
		if (pictures.length > 0) {
			draw();
		}
	};

	// --- time ---

	const play = $('#rp-play');
	const slider = $('#rp-pos');
	const address = (number, all) => location.pathname + '?step=' + number + (all ? '&all=true' : '');
	const label = (number) => words.of.replace('{0}', number);
	let playing = null;
	let asked = null;

	const point = (number) => {
		step = number;
		root.dataset.step = number;
		slider.value = number;
		slider.setAttribute('aria-valuetext', label(number));
		$('#rp-now').textContent = label(number);
		$('#rp-prev').href = address(Math.max(1, number - 1));
		$('#rp-next').href = address(Math.min(total, number + 1));
		$$('.rp-axis .ev').forEach((mark) => {
			const at = Number(mark.dataset.step);
			if (!mark.classList.contains('warn') && !mark.classList.contains('over')) {
				mark.classList.toggle('past', at <= number);
			}
			if (at === number) {
				const x = Number(mark.dataset.x);
				$('#rp-cur').setAttribute('transform', `translate(${x} 0)`);
				$('#rp-cur g').setAttribute('transform', `translate(${x < 52 ? 52 - x : x > 1128 ? 1128 - x : 0} 0)`);
				$('#rp-cur text').textContent = mark.dataset.time;
			}
		});
	};

	/** Shows a step; how: 'push', 'replace' or null as to the address. */
	const go = async (number, how, all = false) => {
		const wantedStep = Math.max(1, Math.min(total, number));
		const url = address(wantedStep, all);
		asked?.abort();
		asked = new AbortController();
		try {
			const answer = await fetch(url, { headers: { 'HX-Request': 'true' }, signal: asked.signal });
			const elsewhere = answer.headers.get('HX-Redirect');
			if (elsewhere || !answer.ok) {
				location.href = elsewhere ?? url;
				return false;
			}
			const part = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('rp-part');
			$('#rp-aside').setAttribute('aria-live', playing ? 'off' : 'polite');
			['rp-jump', 'rp-judge', 'rp-aside'].forEach((id) => {
				const next = part.querySelector('#' + id);
				const present = document.getElementById(id);
				if (id === 'rp-aside') {
					// announced as one region, so it stays and its content changes
					present.replaceChildren(...next.childNodes);
				}
				else {
					present.replaceWith(next);
				}
			});
			point(wantedStep);
			if (how) {
				history[how + 'State']({ step: wantedStep }, '', url);
			}
			state(part.dataset.state);
			return true;
		}
		catch (failure) {
			if (failure.name === 'AbortError') {
				return false;
			}
			throw failure;
		}
	};

	const pause = () => {
		clearTimeout(playing);
		playing = null;
		play.setAttribute('aria-pressed', 'false');
		$('[data-off]', play).hidden = false;
		$('[data-on]', play).hidden = true;
	};
	const on = async () => {
		if (playing && step < total && await go(step + 1, 'replace') && playing && step < total) {
			playing = setTimeout(on, 1500);
		}
		else {
			pause();
		}
	};
	const toggle = () => {
		if (playing) {
			pause();
			return;
		}
		play.setAttribute('aria-pressed', 'true');
		$('[data-off]', play).hidden = true;
		$('[data-on]', play).hidden = false;
		playing = setTimeout(async () => {
			if (step === total) {
				await go(1, 'replace');
			}
			on();
		}, 300);
	};
	play.addEventListener('click', toggle);
	const move = (number) => {
		pause();
		if (number >= 1 && number <= total && number !== step) {
			go(number, 'push');
		}
	};
	slider.addEventListener('input', () => {
		$('#rp-now').textContent = label(slider.value);
	});
	slider.addEventListener('change', () => move(Number(slider.value)));
	document.addEventListener('click', (event) => {
		if (event.ctrlKey || event.metaKey || event.shiftKey) {
			return;
		}
		const link = event.target.closest('#rp-prev, #rp-next, #rp-jump a, a[data-step]');
		if (link) {
			event.preventDefault();
			if (link.hasAttribute('data-all')) {
				pause();
				go(step, 'replace', true);
				return;
			}
			move(link.id === 'rp-prev' ? step - 1 : link.id === 'rp-next' ? step + 1 : Number(link.dataset.step));
			return;
		}
		const mark = event.target.closest('.rp-axis [data-step]');
		if (mark) {
			move(Number(mark.dataset.step));
		}
	});
	document.addEventListener('keydown', (event) => {
		const busy = event.target.matches('input, textarea, select') || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
		const pressed = event.target.matches('button, a, summary, [tabindex]:not(main)');
		if (busy) {
			return;
		}
		if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
			if (!event.target.matches('.scroll-x')) {
				event.preventDefault();
				move(step + (event.key === 'ArrowLeft' ? -1 : 1));
			}
		}
		else if (event.key === ' ' && !pressed) {
			event.preventDefault();
			toggle();
		}
	});
	addEventListener('popstate', () => {
		pause();
		go(Number(new URLSearchParams(location.search).get('step') ?? 1), null);
	});
	state(stage.dataset.state);
})();
