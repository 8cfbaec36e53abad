/** Where to go next, if it is a path of this site; anything else (another host, a script) leads home. */
export function ownPath(next: FormDataEntryValue | string | null | undefined, fallback = '/'): string {
	if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next) || /[\s\p{Cc}\\]/u.test(next)) return fallback;
	const url = new URL(next, 'http://own.invalid');
	return url.host === 'own.invalid' ? url.pathname + url.search : fallback;
}
