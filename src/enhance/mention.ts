import { all, make } from './page.ts';
import { offer } from './suggest.ts';

/** A name being typed after an `@`, up to where the text is being written. */
const naming = /(?<![\p{L}\p{N}_.@/])@(\p{L}[\p{L}\p{M}'’-]*(?: \p{L}[\p{L}\p{M}'’-]*){0,2})$/u;

/** In `textarea[data-mention="/address?q="]`, an `@` proposes people; choosing writes the name, and says beside who it is. */
export function mention(): void {
	for (const text of all<HTMLTextAreaElement>('textarea[data-mention]')) {
		const typed = () => naming.exec(text.value.slice(0, text.selectionEnd))?.[1] ?? '';
		offer(text, {
			address: text.dataset.mention ?? '',
			typed,
			put: ({ value, label }) => {
				const end = text.selectionEnd;
				text.setRangeText(`${label} `, end - typed().length, end, 'end');
				text.after(make('input', { type: 'hidden', name: 'named[]', value }));
				text.dispatchEvent(new Event('input', { bubbles: true }));
			},
		});
	}
}
