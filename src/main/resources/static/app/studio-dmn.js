// The editor of one decision table: dmn-js in Chinese, and beside it the values a cell can take. Needs DmnJS and StudioEditor.
(async () => {
	const root = document.getElementById('st-editor');
	const editor = StudioEditor(root);
	const container = document.getElementById('st-table');
	const panel = document.getElementById('st-values');
	// the types FEEL compares as the platform means them
	const dataTypes = ['string', 'boolean', 'number', 'date', 'time', 'dateTime'];
	const modeler = new DmnJS({ container, common: { dataTypes }, ...Object.fromEntries(['drd', 'decisionTable', 'literalExpression', 'boxedExpression']
		.map((view) => [view, { additionalModules: [editor.translator] }])) });
	window.studioModeler = modeler;
	editor.writer(async () => (await modeler.saveXML({ format: true })).xml);
	const choices = await (await fetch(root.dataset.choices, { headers: { Accept: 'application/json' } })).json();
	let table = null;
	let cell = null;

	const expression = (column) => column.businessObject.inputExpression?.text ?? column.businessObject.name;
	const isInput = (column) => Boolean(column.businessObject.inputExpression);
	const literals = (text) => {
		const inner = /^\s*not\((.*)\)\s*$/s.exec(text)?.[1] ?? text;
		return { negated: inner !== text, values: [...inner.matchAll(/"([^"]*)"/g)].map((found) => found[1]),
			plain: /^(\s*"[^"]*"\s*(,\s*"[^"]*"\s*)*)?$/.test(inner) || inner.trim() === '-' };
	};

	const show = () => {
		panel.replaceChildren();
		const offered = cell && choices.columns[expression(cell.col)];
		const title = document.getElementById('st-values-title');
		title.textContent = cell ? (cell.col.businessObject.label || expression(cell.col)) : '';
		document.getElementById('st-values-none').hidden = Boolean(offered?.length);
		if (!offered) {
			return;
		}
		const now = literals(cell.businessObject.text ?? '');
		const add = (label, pressed, code, action) => {
			const button = document.createElement('button');
			button.type = 'button';
			button.className = 'btn btn-line';
			button.disabled = editor.readonly;
			button.setAttribute('aria-pressed', String(pressed));
			button.append(label);
			if (code) {
				const small = document.createElement('code');
				small.textContent = code;
				button.append(small);
			}
			button.addEventListener('mousedown', (event) => event.preventDefault());
			button.addEventListener('click', action);
			panel.append(button);
		};
		const put = (text) => {
			const chosen = cell;
			table.get('modeling').editCell(chosen.businessObject, text);
			cell = chosen;
			show();
		};
		if (isInput(cell.col)) {
			add(choices.words.any, ['', '-'].includes((cell.businessObject.text ?? '').trim()), null, () => put('-'));
		}
		for (const value of offered) {
			add(value.name, now.values.includes(value.code), value.code, () => {
				const quoted = (code) => `"${code}"`;
				if (!isInput(cell.col) || !now.plain) {
					put(quoted(value.code));
					return;
				}
				const left = now.values.includes(value.code) ? now.values.filter((each) => each !== value.code) : [...now.values, value.code];
				const list = left.map(quoted).join(',');
				put(left.length === 0 ? '-' : now.negated ? `not(${list})` : list);
			});
		}
	};

	const policy = () => {
		const logic = modeler.getActiveView()?.element?.decisionLogic;
		document.getElementById('st-policy').textContent = choices.policies[logic?.aggregation ? `${logic.hitPolicy} ${logic.aggregation}` : logic?.hitPolicy ?? 'UNIQUE'] ?? '';
	};

	const read = async (xml) => {
		await modeler.importXML(xml, { open: false });
		const view = modeler.getViews().find((each) => each.type === 'decisionTable');
		if (!view) {
			editor.note('over', root.dataset.noTable);
			return;
		}
		await modeler.open(view);
		const viewer = modeler.getActiveViewer();
		if (viewer !== table) {
			table = viewer;
			const bus = viewer.get('eventBus');
			bus.on('commandStack.changed', () => {
				if (!editor.readonly) {
					editor.changed(viewer.get('commandStack').canUndo());
				}
				buttons();
				policy();
				show();
			});
			// a cell is chosen with mouse or keys
			bus.on('cellSelection.changed', ({ elementId }) => {
				const element = elementId && viewer.get('elementRegistry').get(elementId);
				if (element?.col && element.row) {
					cell = element;
					show();
				}
			});
		}
		buttons();
		policy();
		root.dataset.ready = 'yes';
	};

	const buttons = () => {
		for (const [id, can] of [['st-undo', 'canUndo'], ['st-redo', 'canRedo']]) {
			const button = document.getElementById(id);
			if (button) {
				button.disabled = !table.get('commandStack')[can]();
			}
		}
	};
	document.getElementById('st-undo')?.addEventListener('click', () => table.get('commandStack').undo());
	document.getElementById('st-redo')?.addEventListener('click', () => table.get('commandStack').redo());
	try {
		await editor.open(read);
	}
	catch (fault) {
		editor.note('over', `${root.dataset.unreadable} ${fault.message}`);
	}
})();
