// Lists and drafts of the policy studio. Everything here works without it, a click later.
(() => {
	const box = document.getElementById('st-use');
	document.addEventListener('click', async (event) => {
		const link = event.target.closest('a[data-use]');
		if (!link || !box) {
			return;
		}
		event.preventDefault();
		const answer = await fetch(link.href, { headers: { 'HX-Request': 'true' } });
		if (!answer.ok) {
			location.href = link.href;
			return;
		}
		const part = new DOMParser().parseFromString(await answer.text(), 'text/html');
		box.replaceChildren(...part.body.children);
		box.hidden = false;
		box.scrollIntoView({ block: 'nearest' });
	});
	document.addEventListener('submit', (event) => {
		const question = event.target.dataset.confirm;
		if (question && !confirm(question)) {
			event.preventDefault();
			event.stopImmediatePropagation();
		}
	}, true);
})();
