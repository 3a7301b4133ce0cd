// What makes the residents' pages nicer with scripts; all of them work without.
(() => {
	const $ = (selector, root = document) => root.querySelector(selector);
	$('#refused')?.focus();

	// one click sends once
	document.addEventListener('submit', (event) => {
		if (event.target.dataset.sent) {
			event.preventDefault();
			return;
		}
		event.target.dataset.sent = 'yes';
	});
	addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach((form) => delete form.dataset.sent));

	const print = $('[data-print]');
	if (print) {
		print.hidden = false;
		print.addEventListener('click', () => window.print());
	}

	const form = $('#report');
	if (!form) {
		return;
	}

	// grids follow the address while it is written; what was chosen before stays
	const address = $('#f-address');
	let asked = address.value.trim();
	const find = async () => {
		const wanted = address.value.trim();
		if (wanted === asked) {
			return;
		}
		asked = wanted;
		const answer = await fetch(form.dataset.grids + '?q=' + encodeURIComponent(wanted));
		if (!answer.ok || asked !== wanted) {
			return;
		}
		const chosen = $('#grids input:checked')?.closest('li');
		const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').body.firstElementChild;
		if (chosen) {
			const code = $('input', chosen).value;
			fresh.querySelectorAll('input').forEach((input) => input.value === code && input.closest('li').remove());
			const list = $('ul', fresh) ?? Object.assign(document.createElement('ul'), { className: 'rs-grids' });
			list.prepend(chosen);
			$('p', fresh)?.remove();
			if (!list.parentElement) {
				fresh.append(list);
			}
		}
		$('#grids').replaceWith(fresh);
	};
	let waiting;
	address.addEventListener('input', () => {
		clearTimeout(waiting);
		waiting = setTimeout(find, 350);
	});
	$('button[value=find]').addEventListener('click', (event) => {
		event.preventDefault();
		find();
	});

	// photos are shrunk before they are sent, which also takes out where and by what they were taken
	const LONGEST = 1600;
	const files = $('#files');
	const shrink = async (file) => {
		const image = await createImageBitmap(file);
		const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
		const canvas = document.createElement('canvas');
		canvas.width = Math.round(image.width * scale);
		canvas.height = Math.round(image.height * scale);
		canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
		const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
		return new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' });
	};
	files.addEventListener('change', async () => {
		const list = $('#photos');
		list.querySelectorAll('li[data-new]').forEach((old) => old.remove());
		const room = Number(files.dataset.most) - list.children.length;
		const kept = new DataTransfer();
		for (const file of [...files.files].slice(0, Math.max(0, room))) {
			// a kind this browser cannot draw is sent as it is; the server tells what it thinks of it
			const small = await shrink(file).catch(() => file);
			kept.items.add(small);
			const picture = Object.assign(document.createElement('img'), { src: URL.createObjectURL(small), alt: file.name });
			const item = document.createElement('li');
			item.dataset.new = 'yes';
			item.append(picture);
			list.append(item);
		}
		files.files = kept.files;
	});
})();
