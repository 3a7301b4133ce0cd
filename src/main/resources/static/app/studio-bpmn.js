// The editor of one diagram: bpmn-js in Chinese, and beside it a small form for what the platform uses. Needs BpmnJS and StudioEditor.
(async () => {
	const root = document.getElementById('st-editor');
	const editor = StudioEditor(root);
	const $ = (id) => document.getElementById(id);
	const json = async (address) => (await fetch(address, { headers: { Accept: 'application/json' } })).json();
	const [camunda, choices, shipped] = await Promise.all([json(root.dataset.camunda), json(root.dataset.choices),
		import(root.dataset.i18n)]);
	editor.words(shipped.default);
	const words = choices.words;
	const modeler = new BpmnJS({ container: $('st-canvas'), additionalModules: [editor.translator], moddleExtensions: { camunda } });
	window.studioModeler = modeler;
	const canvas = modeler.get('canvas');
	const registry = modeler.get('elementRegistry');
	editor.writer(async () => (await modeler.saveXML({ format: true })).xml);

	const fit = () => {
		canvas.resized();
		canvas.zoom('fit-viewport', 'auto');
		if (!editor.readonly) {
			// what is drawn stays clear of the palette
			const drawn = canvas.viewbox().inner;
			const aside = drawn.width * 0.16;
			canvas.viewbox({ x: drawn.x - aside, y: drawn.y - 20, width: drawn.width + aside + 20, height: drawn.height + 40 });
		}
	};

	// --- what the form reads and writes ---

	const is = (element, type) => element.businessObject?.$instanceOf(type);
	const extension = (owner, type) => (owner.extensionElements?.values ?? []).filter((value) => value.$type === type);
	const create = (type, properties) => modeler.get('moddle').create(type, properties);
	const modeling = () => modeler.get('modeling');
	const set = (element, properties) => modeling().updateProperties(element, properties);

	/** Puts extension elements of one type in the place of those there are. */
	const extend = (element, type, values) => {
		const owner = element.businessObject;
		const others = (owner.extensionElements?.values ?? []).filter((value) => value.$type !== type || !values.replaces(value));
		const all = [...others, ...values];
		if (!all.length) {
			set(element, { extensionElements: undefined });
			return;
		}
		const elements = create('bpmn:ExtensionElements', { values: all });
		elements.$parent = owner;
		all.forEach((value) => { value.$parent = elements; });
		set(element, { extensionElements: elements });
	};
	const replacing = (values, which) => Object.assign(values, { replaces: which });

	const QUOTED = "'([^']*)'";
	const applied = (text) => new RegExp(`^[$#]\\{decisions\\.apply\\(${QUOTED}, execution\\)\\}$`).exec(text ?? '')?.[1];
	const applies = (key) => `\${decisions.apply('${key}', execution)}`;

	const who = (task) => {
		const assignee = task.get('camunda:assignee');
		const groups = task.get('camunda:candidateGroups') ?? '';
		if (assignee) {
			return { way: assignee === '${signer}' ? 'assignee' : 'other', role: '', text: assignee };
		}
		const found = /^\$\{duty\.(pool|near|ofUnit)\(('([^']*)'|\w+), execution\)\}$/.exec(groups);
		if (found) {
			return { way: found[1], role: found[3] ?? '', fact: found[3] === undefined ? found[2] : '', text: groups };
		}
		return { way: /^\$\{duty\.approver\(approverRole, approverTier, execution\)\}$/.test(groups) ? 'approver' : 'other', role: '', text: groups };
	};
	const due = (event) => {
		const text = event.eventDefinitions?.[0]?.timeDate?.body ?? '';
		const found = /^\$\{deadlines\.(due|goOn|until|supervise)\((?:'([^']*)', )?execution\)\}$/.exec(text.trim());
		return { way: found?.[1] ?? '', name: found?.[2] ?? '', text };
	};

	// --- the form ---

	const panel = $('st-props');
	let shown = null;
	const field = (id, label, control, hint) => {
		const row = document.createElement('div');
		const named = document.createElement('label');
		named.className = 'form-label';
		named.htmlFor = 'st-p-' + id;
		named.textContent = label;
		control.id = 'st-p-' + id;
		control.disabled = editor.readonly;
		row.append(named, control);
		if (hint) {
			const small = document.createElement('p');
			small.className = 'muted small';
			small.textContent = hint;
			row.append(small);
		}
		panel.append(row);
		return control;
	};
	const text = (id, label, value, write, hint, long) => {
		const control = document.createElement(long ? 'textarea' : 'input');
		control.className = 'form-control';
		control.value = value ?? '';
		control.autocomplete = 'off';
		control.addEventListener('change', () => write(control.value.trim(), control));
		return field(id, label, control, hint);
	};
	const select = (id, label, options, value, write, hint) => {
		const control = document.createElement('select');
		control.className = 'form-select';
		const known = options.some((option) => option.code === (value ?? ''));
		for (const option of known ? options : [{ code: value, name: value }, ...options]) {
			control.append(new Option(option.name && option.code && option.name !== option.code && !option.plain ? `${option.name}（${option.code}）` : option.name || option.code, option.code));
		}
		control.value = value ?? '';
		control.addEventListener('change', () => write(control.value));
		return field(id, label, control, hint);
	};
	const none = { code: '', name: words.none };
	const plain = (code, name) => ({ code, name, plain: true });

	const identity = (element) => {
		text('name', words.name, element.businessObject.name, (value) => set(element, { name: value }));
		text('id', words.id, element.businessObject.id, (value, control) => {
			const taken = registry.get(value);
			if (!/^[A-Za-z_][\w.-]*$/.test(value) || (taken && taken !== element)) {
				control.classList.add('is-invalid');
				control.value = element.businessObject.id;
				editor.note('warn', taken ? words['id.taken'] : words['id.hint']);
				return;
			}
			set(element, { id: value });
		}, words['id.hint']);
	};

	const stage = (element) => {
		const owner = element.businessObject;
		const now = /^Stage_([A-Z][a-z]+)/.exec(owner.id)?.[1] ?? '';
		select('stage', words.stage, [{ code: '', name: words['stage.none'] }, ...choices.stages], now, (value) => {
			const rest = owner.id.replace(/^Stage_[A-Z][a-z]+/, '').replace(/^Task_/, '').replace(/^Activity_\w+$/, '');
			let id = value ? `Stage_${value}` : `Task_${rest || now || 'Step'}`;
			for (let number = 2; registry.get(id) && registry.get(id) !== element; number++) {
				id = (value ? `Stage_${value}` : `Task_${rest || now || 'Step'}`) + number;
			}
			set(element, { id });
		});
	};

	const asked = (element) => {
		const owner = element.businessObject;
		const listeners = extension(owner, 'camunda:ExecutionListener').filter((one) => one.event === 'start' && applied(one.expression));
		const write = (keys) => extend(element, 'camunda:ExecutionListener', replacing(
			keys.map((key) => listeners.find((one) => applied(one.expression) === key) ?? create('camunda:ExecutionListener', { event: 'start', expression: applies(key) })),
			(value) => listeners.includes(value)));
		const keys = listeners.map((one) => applied(one.expression));
		keys.forEach((key, at) => select('asked-' + at, words.asked, [{ code: '', name: words.remove }, ...choices.tables], key,
			(value) => write(keys.map((each, number) => number === at ? value : each).filter(Boolean))));
		select('asked', words['asked.add'], [none, ...choices.tables], '', (value) => value && write([...keys, value]));
	};

	const documentation = (element) => text('hint', words.hint, element.businessObject.documentation?.[0]?.text, (value) => {
		const made = value ? [create('bpmn:Documentation', { text: value })] : [];
		set(element, { documentation: made });
	}, null, true);

	const forms = {
		'bpmn:UserTask': (element) => {
			const task = element.businessObject;
			select('form', words.form, [none, ...choices.forms], task.get('camunda:formRef'), (value) => set(element,
				{ 'camunda:formRef': value || undefined, 'camunda:formRefBinding': value ? 'latest' : undefined }));
			const now = who(task);
			const put = (way, role) => set(element, {
				'camunda:assignee': way === 'assignee' ? '${signer}' : undefined,
				'camunda:candidateGroups': way === 'assignee' ? undefined : way === 'approver' ? '${duty.approver(approverRole, approverTier, execution)}'
					: way === 'other' ? task.get('camunda:candidateGroups') ?? '' : `\${duty.${way}('${role || choices.roles[0].code}', execution)}`
			});
			select('who', words.who, ['pool', 'near', 'ofUnit', 'approver', 'assignee', 'other'].map((way) => plain(way, words['who.' + way])), now.way,
				(way) => put(way, now.role));
			if (['pool', 'near', 'ofUnit'].includes(now.way)) {
				const fact = now.fact ? [{ code: '', name: words['role.fact'] + now.fact }] : [];
				select('role', words.role, [...fact, ...choices.roles], now.role, (role) => role && put(now.way, role));
			}
			if (now.way === 'other') {
				text('expression', words.expression, now.text, (value) => set(element, task.get('camunda:assignee') ? { 'camunda:assignee': value || undefined } : { 'camunda:candidateGroups': value || undefined }));
			}
			const properties = extension(task, 'camunda:Properties')[0];
			const excluded = properties?.values?.find((one) => one.name === 'excludes');
			text('excludes', words.excludes, excluded?.value, (value) => {
				const left = (properties?.values ?? []).filter((one) => one !== excluded);
				const all = value ? [...left, create('camunda:Property', { name: 'excludes', value })] : left;
				const made = all.length ? [create('camunda:Properties', { values: all })] : [];
				made.forEach((one) => all.forEach((each) => { each.$parent = one; }));
				extend(element, 'camunda:Properties', replacing(made, () => true));
			}, words['excludes.hint']);
		},
		'bpmn:ServiceTask': (element) => {
			const now = /^\$\{(\w+)\}$/.exec(element.businessObject.get('camunda:delegateExpression') ?? '')?.[1] ?? '';
			const service = choices.services.find((one) => one.name === now);
			select('service', words.service, [none, ...choices.services.map((one) => ({ code: one.name, name: one.label }))], now,
				(value) => set(element, { 'camunda:delegateExpression': value ? `\${${value}}` : undefined }), service?.help);
		},
		'bpmn:BusinessRuleTask': (element) => {
			const expression = element.businessObject.get('camunda:expression');
			select('table', words.table, [none, ...choices.tables], applied(expression) ?? expression ?? '',
				(value) => set(element, { 'camunda:expression': value ? applies(value) : undefined }));
		},
		'bpmn:CallActivity': (element) => {
			select('called', words.called, [none, ...choices.diagrams], element.businessObject.calledElement, (value) => {
				set(element, value ? {
					calledElement: value, 'camunda:calledElementTenantId': `\${models.tenantOf('${value}', execution)}`,
					'camunda:calledElementBinding': 'version', 'camunda:calledElementVersion': `\${models.versionOf('${value}', execution)}`
				} : { calledElement: undefined });
				if (value && !extension(element.businessObject, 'camunda:In').some((one) => one.businessKey)) {
					extend(element, 'camunda:In', replacing([create('camunda:In', { businessKey: '#{execution.processBusinessKey}' })], () => false));
				}
			});
		},
		'bpmn:SequenceFlow': (element) => {
			const flow = element.businessObject;
			const gateway = flow.sourceRef;
			text('condition', words.condition, flow.conditionExpression?.body, (value) => set(element,
				{ conditionExpression: value ? create('bpmn:FormalExpression', { body: value }) : undefined }), words['condition.hint']);
			if (gateway?.$instanceOf('bpmn:ExclusiveGateway') || gateway?.$instanceOf('bpmn:InclusiveGateway')) {
				const control = document.createElement('input');
				control.type = 'checkbox';
				control.className = 'form-check-input d-block';
				control.checked = gateway.default === flow;
				control.addEventListener('change', () => set(registry.get(gateway.id), { default: control.checked ? flow : undefined }));
				field('default', words.default, control);
			}
		}
	};

	const timer = (element) => {
		const event = element.businessObject;
		const now = due(event);
		const put = (way, name) => {
			const definition = event.eventDefinitions[0];
			const body = way === 'supervise' ? '${deadlines.supervise(execution)}' : `\${deadlines.${way}('${name}', execution)}`;
			modeling().updateModdleProperties(element, definition, { timeDate: create('bpmn:FormalExpression', { body }), timeDuration: undefined, timeCycle: undefined });
		};
		const step = choices.steps[0]?.code ?? 'handle';
		select('timer', words.timer, [...(now.way ? [] : [{ code: '', name: now.text || words.none }]),
			...['due', 'goOn', 'supervise', 'until'].map((way) => plain(way, words['timer.' + way]))], now.way,
			(way) => way && put(way, way === 'until' ? 'suspendUntil' : choices.steps.some((one) => one.code === now.name) ? now.name : step));
		if (now.way === 'due' || now.way === 'goOn') {
			select('step', words.step, choices.steps, now.name, (name) => put(now.way, name));
		}
		if (now.way === 'until') {
			text('fact', words.fact, now.name, (name) => name && put('until', name));
		}
	};

	const show = (element) => {
		const same = shown === element && panel.contains(document.activeElement) ? document.activeElement.id : null;
		shown = element;
		panel.replaceChildren();
		$('st-props-title').textContent = '';
		if (!element) {
			const nothing = document.createElement('p');
			nothing.className = 'muted small';
			nothing.textContent = words.choose;
			panel.append(nothing);
			return;
		}
		const target = element.type === 'label' ? element.labelTarget : element;
		const type = target.businessObject.$type;
		$('st-props-title').textContent = typeName(type);
		identity(target);
		if (is(target, 'bpmn:Process')) {
			text('kept', words.kept, target.businessObject.get('camunda:historyTimeToLive'), (value) => set(target, { 'camunda:historyTimeToLive': value || undefined }));
		}
		if (is(target, 'bpmn:Activity')) {
			stage(target);
		}
		forms[type]?.(target);
		if (target.businessObject.eventDefinitions?.[0]?.$type === 'bpmn:TimerEventDefinition') {
			timer(target);
		}
		if (is(target, 'bpmn:Activity')) {
			asked(target);
		}
		if (is(target, 'bpmn:FlowElement') && !is(target, 'bpmn:SequenceFlow') || is(target, 'bpmn:Process')) {
			documentation(target);
		}
		if (same) {
			$(same)?.focus();
		}
	};
	const TYPES = { UserTask: 'User task', ServiceTask: 'Service task', BusinessRuleTask: 'Business rule task', CallActivity: 'Call activity', SubProcess: 'Sub-process', StartEvent: 'Start event', EndEvent: 'End event', BoundaryEvent: 'Boundary event', ExclusiveGateway: 'Exclusive gateway', ParallelGateway: 'Parallel gateway', InclusiveGateway: 'Inclusive gateway', EventBasedGateway: 'Event-based gateway', SequenceFlow: 'Sequence flow', Task: 'Task', ReceiveTask: 'Receive task', SendTask: 'Send task', ManualTask: 'Manual task', ScriptTask: 'Script task', IntermediateThrowEvent: 'Intermediate throw event' };
	const typeName = (type) => {
		const short = type.replace('bpmn:', '');
		return short === 'Process' ? words.process : TYPES[short] ? editor.translate(TYPES[short]) : '';
	};

	// --- findings and differences ---

	let marked = [];
	const unmark = (...names) => {
		marked = marked.filter(([id, name]) => {
			if (names.includes(name) && registry.get(id)) {
				canvas.removeMarker(id, name);
			}
			return !names.includes(name);
		});
	};
	const mark = (id, name) => {
		if (registry.get(id)) {
			canvas.addMarker(id, name);
			marked.push([id, name]);
		}
	};
	const goTo = (id) => {
		const element = registry.get(id);
		if (!element) {
			return;
		}
		canvas.scrollToElement?.(element);
		modeler.get('selection', false)?.select(element);
		show(element);
	};
	const line = (label, state, title, message, id) => {
		const item = document.createElement('li');
		item.className = 'fd';
		const tag = document.createElement('span');
		tag.className = 'gc-find-mark is-' + state;
		tag.textContent = label;
		const words = document.createElement('div');
		const button = document.createElement(id ? 'button' : 'div');
		const strong = document.createElement('b');
		strong.textContent = title;
		button.append(strong);
		if (id) {
			button.type = 'button';
			button.addEventListener('click', () => goTo(id));
		}
		words.append(button);
		if (message) {
			const p = document.createElement('p');
			p.textContent = message;
			words.append(p);
		}
		item.append(tag, words);
		return item;
	};

	const findings = async () => {
		let answer;
		try {
			answer = editor.readonly ? await fetch(root.dataset.findings) : await editor.send(root.dataset.findings, 'POST', (await modeler.saveXML()).xml, 'application/octet-stream');
		}
		catch {
			editor.note('over', root.dataset.offline);
			return;
		}
		if (!answer.ok) {
			editor.note('over', root.dataset.failed);
			return;
		}
		const found = await answer.json();
		unmark('st-bad', 'st-warn');
		$('st-findings').replaceChildren(...found.map((one) => {
			mark(one.element, one.error ? 'st-bad' : 'st-warn');
			return line(one.error ? words.mandatory : words.look, one.error ? 'over' : 'warn', one.name || one.element || words.wholeFile, one.message,
				registry.get(one.element) ? one.element : null);
		}));
		const errors = found.filter((one) => one.error).length;
		$('st-findings-count').textContent = found.length ? words.errors.replace('{0}', errors).replace('{1}', found.length - errors) : '';
		$('st-findings-none').hidden = found.length > 0;
		root.dataset.checked = String(found.length);
	};

	/** What an element says besides where it is drawn; the elements within it and the arrows' ends apart. */
	const told = (xml) => {
		const all = new Map();
		const document = new DOMParser().parseFromString(xml, 'application/xml');
		const say = (node) => {
			const attributes = [...node.attributes].filter((one) => !one.name.startsWith('xmlns')).map((one) => `${one.localName}=${one.value}`).sort();
			const inner = [...node.children].filter((child) => !['incoming', 'outgoing'].includes(child.localName)
				&& !(child.hasAttribute('id') && ELEMENTS.test(child.localName))).map(say).sort();
			return `${node.localName}[${attributes}](${inner.length ? inner : node.children.length ? '' : node.textContent.trim()})`;
		};
		for (const node of document.getElementsByTagNameNS('http://www.omg.org/spec/BPMN/20100524/MODEL', '*')) {
			if (node.hasAttribute('id') && ELEMENTS.test(node.localName)) {
				all.set(node.getAttribute('id'), { text: say(node), name: node.getAttribute('name') || node.getAttribute('id') });
			}
		}
		return all;
	};
	const ELEMENTS = /(Task|task|Event|Gateway|Activity|subProcess|sequenceFlow|process)$/;

	const differences = async () => {
		const button = $('st-diff');
		const on = button.getAttribute('aria-pressed') !== 'true';
		button.setAttribute('aria-pressed', String(on));
		$('st-changes').hidden = !on;
		unmark('st-diff-add', 'st-diff-chg');
		if (!on) {
			return;
		}
		const before = told(await (await fetch(root.dataset.base)).text());
		const now = told((await modeler.saveXML()).xml);
		const lines = [];
		now.forEach((one, id) => {
			const old = before.get(id);
			if (!old) {
				mark(id, 'st-diff-add');
				lines.push(line(words.added, 'ok', one.name, null, id));
			}
			else if (old.text !== one.text) {
				mark(id, 'st-diff-chg');
				lines.push(line(words.changed, 'warn', one.name, null, id));
			}
		});
		before.forEach((one, id) => {
			if (!now.has(id)) {
				lines.push(line(words.removed, 'over', one.name, null, null));
			}
		});
		$('st-changes-list').replaceChildren(...(lines.length ? lines : [line('＝', 'hold', words.unchanged, null, null)]));
	};

	// --- the editor ---

	const bus = modeler.get('eventBus');
	bus.on('selection.changed', ({ newSelection }) => show(newSelection.length === 1 ? newSelection[0] : null));
	bus.on('element.click', ({ element }) => editor.readonly && show(element));
	const stack = modeler.get('commandStack', false);
	const buttons = () => {
		if (stack) {
			$('st-undo').disabled = !stack.canUndo();
			$('st-redo').disabled = !stack.canRedo();
		}
	};
	bus.on('commandStack.changed', () => {
		editor.changed(stack.canUndo());
		buttons();
		if (shown && registry.get(shown.id)) {
			show(registry.get(shown.id));
		}
	});
	$('st-undo')?.addEventListener('click', () => stack.undo());
	$('st-redo')?.addEventListener('click', () => stack.redo());
	$('st-check')?.addEventListener('click', findings);
	$('st-diff')?.addEventListener('click', differences);
	$('st-fit').addEventListener('click', fit);
	root.addEventListener('studio:saved', findings);
	const read = async (xml) => {
		marked = [];
		await modeler.importXML(xml);
		fit();
		buttons();
	};
	try {
		await editor.open(read);
		await findings();
		if (root.dataset.diff && $('st-diff')) {
			await differences();
		}
		root.dataset.ready = 'yes';
	}
	catch (fault) {
		editor.note('over', `${root.dataset.unreadable} ${fault.message}`);
	}
})();
