import { all, calmly } from './page.ts';

type Typed = HTMLInputElement | HTMLTextAreaElement;
const PREFIX = 'draft:';

/**
 * What is typed in `[data-draft="key"]` is kept on this device until a page says `data-draft-done="key"` (several keys, or `*` for all:
 * the sign-out page). The key should hold the person and the place, since a device may be shared.
 */
export function keepDrafts(): void {
	for (const done of all('[data-draft-done]')) forget((done.dataset.draftDone ?? '').split(' '));
	for (const field of all<Typed>('[data-draft]')) {
		const key = PREFIX + field.dataset.draft;
		const kept = localStorage.getItem(key);
		if (kept && field.value === '') {
			field.value = kept;
			queueMicrotask(() => field.dispatchEvent(new Event('input', { bubbles: true })));
		}
		const keep = () =>
			field.value === '' ? localStorage.removeItem(key) : localStorage.setItem(key, field.value);
		field.addEventListener('input', calmly(300, keep));
		field.form?.addEventListener('submit', keep);
		addEventListener('pagehide', keep);
	}
}

function forget(keys: string[]): void {
	for (const stored of Object.keys(localStorage)) {
		if (stored.startsWith(PREFIX) && (keys.includes('*') || keys.includes(stored.slice(PREFIX.length))))
			localStorage.removeItem(stored);
	}
}
