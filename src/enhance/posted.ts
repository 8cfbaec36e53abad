/**
 * A page that answers a refused form is, for a browser, the sending of that form: coming back to it later shows its own
 * "confirm to send again", a dead end. As one goes on from there, it becomes a page like any other. Loaded again by hand it
 * is still asked first: what was typed is on it.
 */
export function goOnFromPosted(): void {
	if (!('posted' in document.documentElement.dataset)) return;
	const forget = () => history.replaceState(history.state, '', location.href);
	document.addEventListener('submit', (event) => event.defaultPrevented || forget());
	document.addEventListener('click', (event) => {
		if (!event.defaultPrevented && (event.target as Element).closest?.('a[href]')) forget();
	});
}
