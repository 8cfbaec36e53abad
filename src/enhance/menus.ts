import { all, instead } from './page.ts';

/** The summary of errors of a refused form is read first. */
export function takeFocus(): void {
	document.querySelector<HTMLElement>('[data-focus]')?.focus();
}

/** Menus (`details[data-menu]`) close with Escape, a click outside, or when the focus leaves. */
export function closeMenus(): void {
	const open = () => all<HTMLDetailsElement>('details[data-menu][open]');
	document.addEventListener('click', (event) => {
		for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
	});
	document.addEventListener('keydown', (event) => {
		if (event.key !== 'Escape') return;
		for (const menu of open()) {
			menu.open = false;
			menu.querySelector('summary')?.focus();
		}
	});
	document.addEventListener('focusin', (event) => {
		for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
	});
}

/** A link `[data-dialog="id"]` opens the dialog instead of its page. */
export function openDialogs(): void {
	for (const link of all('[data-dialog]')) {
		const dialog = document.getElementById(link.dataset.dialog ?? '');
		if (!(dialog instanceof HTMLDialogElement)) continue;
		link.setAttribute('aria-haspopup', 'dialog');
		instead(link, () => dialog.showModal());
	}
}
