// Keeps the files phone pages are made of, and the pages a person read last, for when there is no network.
// ROOT, VERSION and ADDRESSES (by name, the address that names the content) stand above: the server writes them.
const FILES = Object.values(ADDRESSES);
const SHELL = 'gridcase-shell-' + VERSION;
const PAGES = 'gridcase-pages';
const KEPT = [ROOT + 'm', ROOT + 'm/report', ROOT + 'm/me'];
const OFFLINE = FILES.find((file) => file.includes('phone-offline'));
const PATIENCE = 6000;
const DAY = 86400000;

self.addEventListener('install', (event) => event.waitUntil(
	caches.open(SHELL).then((shell) => shell.addAll(FILES)).then(() => self.skipWaiting())));

self.addEventListener('activate', (event) => event.waitUntil(caches.keys()
	.then((names) => Promise.all(names.filter((name) => name.startsWith('gridcase-shell-') && name !== SHELL)
		.map((name) => caches.delete(name))))
	.then(() => self.clients.claim())));

// what was asked for before somebody signed out is not kept after
let generation = 0;
const forget = () => {
	generation++;
	return caches.delete(PAGES);
};
const keep = async (request, response, born) => {
	const copy = response.clone();
	const pages = await caches.open(PAGES);
	await (born === generation ? pages.put(request, copy) : forget());
};

const kept = async (request) => {
	const page = await caches.open(PAGES).then((pages) => pages.match(request));
	return page && Date.now() - Date.parse(page.headers.get('Date') ?? 0) < DAY ? page : null;
};

// the network first; what was read last when it does not answer
const page = async (event, keeps) => {
	const born = generation;
	const network = fetch(event.request).then(async (response) => {
		if (keeps && response.ok && !response.redirected) {
			await keep(event.request, response, born);
		}
		return response;
	});
	// when it fails after the last page was shown, nobody waits for it any more
	network.catch(() => null);
	const last = keeps ? await kept(event.request) : null;
	try {
		if (!last) {
			return await network;
		}
		return await Promise.race([network, new Promise((resolve) => setTimeout(() => resolve(last), PATIENCE))]);
	}
	catch (failure) {
		return last ?? caches.match(OFFLINE);
	}
};

self.addEventListener('fetch', (event) => {
	const url = new URL(event.request.url);
	if (url.origin !== self.location.origin) {
		return;
	}
	if (event.request.method === 'POST' && url.pathname === ROOT + 'sign-out') {
		event.waitUntil(forget());
		return;
	}
	if (event.request.method !== 'GET') {
		return;
	}
	// the page for "no network" lies as a file and knows names only
	const file = FILES.includes(url.pathname) ? url.pathname : ADDRESSES[url.pathname];
	if (file) {
		event.respondWith(caches.match(file).then((found) => found ?? fetch(event.request)));
	}
	else if (event.request.mode === 'navigate' && (url.pathname === ROOT + 'm' || url.pathname.startsWith(ROOT + 'm/'))) {
		event.respondWith(page(event, KEPT.includes(url.pathname)));
	}
});

self.addEventListener('message', (event) => {
	if (event.data === 'forget') {
		event.waitUntil(forget());
	}
	// a person who is online reads ahead what will be needed without a network
	if (event.data === 'read ahead') {
		const born = generation;
		event.waitUntil(Promise.all(KEPT.map((address) => fetch(address, { redirect: 'manual' })
			.then((response) => response.ok && keep(new Request(address), response, born).then(() => true))
			.catch(() => false)))
			.then((all) => all.every(Boolean) && event.source?.postMessage('kept')));
	}
});
