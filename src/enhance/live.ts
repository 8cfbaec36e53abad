import { lookAgain } from './look-again.ts';
import { all } from './page.ts';

type News = { kind: 'posts' | 'notices' | 'messages' | 'events'; count: number };

/**
 * `[data-live="/live"]`: server-sent events, through one connection for all the tabs of this browser.
 * `posts` carries `{"count": n}`, how many more; `[data-live-posts]` (a hidden link) then shows its sentence.
 * `notices` carries the total; `[data-live-notices]` (the badge) shows it. `messages` and `events` say that something
 * happened: the page that shows some looks again (look-again.ts). Nothing opens in low-data mode.
 */
export function followLive(): void {
	const address = document.querySelector<HTMLElement>('[data-live]')?.dataset.live;
	const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
	if (!address || saving || document.documentElement.dataset.data === 'low') return;
	let close = follow(address);
	// A page kept by the browser for "back" must not hold the connection.
	addEventListener('pagehide', () => close());
	addEventListener('pageshow', (event) => {
		if (event.persisted) close = follow(address);
	});
}

/** Starts following; the answer stops it. */
function follow(address: string): () => void {
	if (!('locks' in navigator) || typeof BroadcastChannel !== 'function') return listen(address, tell);
	const channel = new BroadcastChannel(`live:${address}`);
	channel.onmessage = (event: MessageEvent<News>) => tell(event.data);
	const end = new AbortController();
	// Only the tab that holds the lock connects; when it closes, the next one takes over.
	navigator.locks
		.request(`live:${address}`, { signal: end.signal }, () => {
			const stop = listen(address, (news) => {
				tell(news);
				channel.postMessage(news);
			});
			return new Promise<void>((resolve) => {
				end.signal.addEventListener('abort', () => {
					stop();
					resolve();
				});
			});
		})
		.catch(() => undefined);
	return () => {
		end.abort();
		channel.close();
	};
}

function listen(address: string, hear: (news: News) => void): () => void {
	const source = new EventSource(address);
	for (const kind of ['posts', 'notices', 'messages', 'events'] as const) {
		source.addEventListener(kind, (event) => {
			const count = Number((JSON.parse(event.data) as { count?: unknown }).count);
			if (Number.isInteger(count) && count >= 0) hear({ kind, count });
		});
	}
	return () => source.close();
}

let newPosts = 0;

function tell(news: News): void {
	if (
		news.kind === 'messages' ||
		(news.kind === 'events' && document.querySelector('[data-live-part="event"]'))
	)
		lookAgain();
	else if (news.kind !== 'events') show(news);
}

function show({ kind, count }: News): void {
	if (kind === 'posts') {
		newPosts += count;
		for (const link of all('[data-live-posts]')) {
			const template = newPosts === 1 ? (link.dataset.one ?? link.dataset.many) : link.dataset.many;
			link.textContent = (template ?? '{n}').replace('{n}', String(newPosts));
			link.hidden = newPosts === 0;
		}
		return;
	}
	for (const badge of all('[data-live-notices]')) {
		badge.hidden = count === 0;
		const number = badge.querySelector('[data-live-count]') ?? badge;
		number.textContent = String(count);
	}
}
