// Reports that wait on the phone until the server has them: kept in IndexedDB, sent once, photo by photo.
// States of a report: draft (being written), waiting, sending, failed (tried again by itself), refused (to be mended), sent.
window.gridcaseQueue = (() => {
	const STORE = 'reports';
	const FIRST_WAIT = 5000;
	const LONGEST_WAIT = 300000;
	const SENT_SHOWN = 3;

	let database = null;
	const memory = new Map();
	const listeners = new Set();
	const channel = 'BroadcastChannel' in window ? new BroadcastChannel('gridcase-queue') : null;

	const open = () => {
		database ??= new Promise((resolve) => {
			if (!('indexedDB' in window) || !window.indexedDB) {
				resolve(null);
				return;
			}
			let request;
			try {
				request = indexedDB.open('gridcase', 1);
			}
			catch (failure) {
				// some embedded browsers have it and forbid it
				resolve(null);
				return;
			}
			request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => resolve(null);
			request.onblocked = () => resolve(null);
		});
		return database;
	};

	const run = async (mode, work) => {
		const db = await open();
		if (!db) {
			return null;
		}
		return new Promise((resolve, reject) => {
			const transaction = db.transaction(STORE, mode);
			const request = work(transaction.objectStore(STORE));
			transaction.oncomplete = () => resolve(request.result);
			transaction.onerror = () => reject(transaction.error);
			transaction.onabort = () => reject(transaction.error);
		});
	};

	const told = () => {
		listeners.forEach((listener) => listener());
		channel?.postMessage('changed');
	};
	if (channel) {
		channel.onmessage = () => listeners.forEach((listener) => listener());
	}

	const lasting = async () => Boolean(await open());
	const get = async (key) => (await lasting()) ? run('readonly', (store) => store.get(key)) : memory.get(key);
	const put = async (item) => {
		if (await lasting()) {
			await run('readwrite', (store) => store.put(item));
		}
		else {
			memory.set(item.key, item);
		}
		told();
	};
	const remove = async (key) => {
		if (await lasting()) {
			await run('readwrite', (store) => store.delete(key));
		}
		memory.delete(key);
		told();
	};
	const all = async (login) => {
		const items = (await lasting()) ? await run('readonly', (store) => store.getAll()) : [...memory.values()];
		return items.filter((item) => item.login === login).sort((one, other) => one.at - other.at);
	};

	class SignedOut extends Error {}
	class Offline extends Error {}
	class Refused extends Error {
		constructor(answer) {
			super(answer.detail);
			this.errors = answer.errors ?? [];
		}
	}

	const ask = async (address, options = {}) => {
		let answer;
		try {
			answer = await fetch(address, { ...options, credentials: 'same-origin', redirect: 'manual',
				headers: { 'HX-Request': 'true', Accept: 'application/json', ...options.headers } });
		}
		catch (failure) {
			throw new Offline();
		}
		if (answer.status === 401 || answer.type === 'opaqueredirect') {
			throw new SignedOut();
		}
		if ([400, 403, 404, 409, 413, 422].includes(answer.status) && answer.headers.get('Content-Type')?.includes('json')) {
			throw new Refused(await answer.json());
		}
		if (!answer.ok) {
			throw new Error(String(answer.status));
		}
		return answer.json();
	};

	/** Who is signed in, with a token that is good now. */
	const token = () => ask(base() + 'm/token');
	const base = () => document.getElementById('ph').dataset.base;

	/** Sends one photo; sent again with the same key it is the same photo. */
	const photo = async (photo, signed, caseNo) => {
		const body = new FormData();
		body.append('file', new Blob([photo.bytes], { type: photo.type }), photo.name);
		if (caseNo) {
			body.append('caseNo', caseNo);
		}
		const answer = await ask(base() + 'm/photos', { method: 'POST', body, headers: { [signed.header]: signed.token, 'Idempotency-Key': photo.key } });
		return answer.id;
	};

	const send = async (item, signed) => {
		for (const each of item.photos) {
			if (!each.id) {
				each.id = await photo(each, signed);
				await put(item);
			}
		}
		const body = new URLSearchParams(item.values);
		item.photos.forEach((each) => body.append(each.field, each.id));
		body.append('channel', item.channel);
		const answer = await ask(base() + 'm/reports', { method: 'POST', body, headers: { [signed.header]: signed.token, 'Idempotency-Key': item.key } });
		return answer.caseNo;
	};

	const wait = (tries) => Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries) * (0.8 + Math.random() * 0.4);

	// one tab sends at a time; where there are no locks the server's keys see to it
	const alone = (work) => navigator.locks ? navigator.locks.request('gridcase-queue', work) : work();

	let running = Promise.resolve();
	let timer = null;

	/**
	 * Sends what is due.
	 * @param {string} login whose reports
	 * @param {string|null} now key of a report to try whatever its turn, "all" for each, null for what is due
	 * @returns {Promise<string>} idle, offline, signed out, other person or done
	 */
	const flush = (login, now = null) => {
		const turn = running.then(async () => {
			clearTimeout(timer);
			try {
				return await alone(() => work(login, now));
			}
			finally {
				await plan(login);
			}
		});
		running = turn.catch(() => null);
		return turn;
	};

	const work = async (login, now) => {
		const due = (item) => ['waiting', 'sending', 'failed'].includes(item.state) && (now === 'all' || now === item.key || (item.next ?? 0) <= Date.now());
		const items = (await all(login)).filter(due);
		if (!items.length) {
			return 'idle';
		}
		for (const queued of items) {
			// it may have been sent or deleted in another tab meanwhile
			const item = await get(queued.key);
			if (!item || !due(item)) {
				continue;
			}
			try {
				const signed = await token();
				if (signed.login !== login) {
					return 'other person';
				}
				item.state = 'sending';
				await put(item);
				item.caseNo = await send(item, signed);
				item.state = 'sent';
				item.sentAt = Date.now();
				item.photos = item.photos.map((each) => ({ ...each, bytes: null }));
				await put(item);
			}
			catch (failure) {
				if (failure instanceof SignedOut) {
					item.state = 'waiting';
					await put(item);
					return 'signed out';
				}
				if (failure instanceof Refused) {
					item.state = 'refused';
					item.why = failure.message;
					item.errors = failure.errors;
					await put(item);
					continue;
				}
				if (failure instanceof DOMException && failure.name === 'QuotaExceededError') {
					throw failure;
				}
				item.state = 'failed';
				item.tries = (item.tries ?? 0) + 1;
				item.next = Date.now() + wait(item.tries);
				item.why = failure instanceof Offline ? 'offline' : failure.message;
				await put(item);
				if (failure instanceof Offline) {
					return 'offline';
				}
			}
		}
		await tidy(login);
		return 'done';
	};

	const tidy = async (login) => {
		const sent = (await all(login)).filter((item) => item.state === 'sent').sort((one, other) => other.sentAt - one.sentAt);
		for (const item of sent.slice(SENT_SHOWN)) {
			await remove(item.key);
		}
	};

	const plan = async (login) => {
		clearTimeout(timer);
		const failed = (await all(login)).filter((item) => item.state === 'failed');
		if (failed.length) {
			const next = Math.min(...failed.map((item) => item.next));
			timer = setTimeout(() => flush(login), Math.max(1000, next - Date.now()));
		}
	};

	return { all, get, put, remove, flush, token, photo, lasting, changed: (listener) => listeners.add(listener), SignedOut, Offline, Refused };
})();
