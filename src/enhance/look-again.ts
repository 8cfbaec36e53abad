import { all } from './page.ts';

let under: Promise<void> | undefined;
let again = false;
let waits = false;

/**
 * Something happened in a conversation: the parts of this page marked `[data-live-part="name"]` are asked for again and put in place,
 * at most one question at a time, and the count beside the menu is. A page that nobody looks at waits until somebody does.
 */
export function lookAgain(): void {
	if (!document.querySelector('[data-live-part]') || document.hidden) void count();
	if (!document.querySelector('[data-live-part]')) return;
	if (document.hidden) {
		if (!waits) document.addEventListener('visibilitychange', lookAgain, { once: true });
		waits = true;
		return;
	}
	waits = false;
	if (under) {
		again = true;
		return;
	}
	// What the page shows is read: it is counted after.
	under = renew().finally(() => {
		void count();
		under = undefined;
		if (again) {
			again = false;
			lookAgain();
		}
	});
}

async function renew(): Promise<void> {
	const fresh = await pageAgain();
	if (!fresh) return;
	for (const old of all('[data-live-part]')) {
		const next = fresh.querySelector<HTMLElement>(`[data-live-part="${old.dataset.livePart}"]`);
		// Who corrects a message there, or has its menu open, is not interrupted.
		if (next && !old.querySelector('details[open]') && !old.contains(document.activeElement)) swap(old, next);
	}
}

/** This page as it is now. Read by the browser as a document: no text of ours becomes markup, which our policy refuses. */
const pageAgain = (): Promise<Document | null> =>
	new Promise((done) => {
		const asked = new XMLHttpRequest();
		asked.open('GET', location.pathname + location.search);
		asked.responseType = 'document';
		asked.onloadend = () =>
			done(asked.status === 200 && isHere(asked.responseURL) ? asked.responseXML : null);
		asked.send();
	});

// Led elsewhere, to sign in for instance: that is not this page.
const isHere = (address: string) => new URL(address).pathname === location.pathname;

function swap(old: HTMLElement, next: HTMLElement): void {
	const isAtEnd = old.getBoundingClientRect().bottom <= innerHeight + 80;
	const end = old.getBoundingClientRect().bottom;
	old.replaceChildren(...next.childNodes);
	// Whoever reads the end, or writes under it, keeps it where it was.
	if (isAtEnd) scrollBy({ top: old.getBoundingClientRect().bottom - end, behavior: 'instant' });
}

async function count(): Promise<void> {
	const badges = all('[data-live-badge="messages"]');
	if (!badges.length) return;
	const answer = await fetch('/messages/compte', { headers: { accept: 'application/json' } }).catch(
		() => null,
	);
	if (!answer?.ok) return;
	const { count: n, label } = (await answer.json()) as { count: number; label: string };
	for (const badge of badges) {
		badge.hidden = n === 0;
		const [shown, said] = badge.children;
		if (shown) shown.textContent = String(n);
		if (said) said.textContent = label;
	}
}
