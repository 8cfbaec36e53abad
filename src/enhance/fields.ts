import { all, make, say } from './page.ts';

/** `[data-count="id"]` with a maxlength: how many signs are left, in the sentence that `#id` holds in `data-template`. */
export function countSigns(): void {
	const numbers = new Intl.NumberFormat(document.documentElement.lang || 'fr');
	for (const field of all<HTMLTextAreaElement>('[data-count]')) {
		const words = document.getElementById(field.dataset.count ?? '');
		if (!words || field.maxLength < 0) continue;
		const write = () => {
			words.textContent = (words.dataset.template ?? '{n}').replace(
				'{n}',
				numbers.format(field.maxLength - field.value.length),
			);
			words.hidden = false;
		};
		field.addEventListener('input', write);
		write();
	}
}

/** `input[type=file][data-preview="id"]`: the chosen pictures, drawn on canvases (no blob: address for the policy to allow). */
export function previewPictures(): void {
	for (const input of all<HTMLInputElement>('input[data-preview]')) {
		input.addEventListener('change', async () => {
			const box = document.getElementById(input.dataset.preview ?? '');
			const files = [...(input.files ?? [])].filter((file) => file.type.startsWith('image/')).slice(0, 8);
			const drawn = await Promise.all(files.map(draw));
			box?.replaceChildren(...drawn.filter((canvas) => canvas !== undefined));
		});
	}
}

async function draw(file: File): Promise<HTMLCanvasElement | undefined> {
	const picture = await createImageBitmap(file).catch(() => undefined);
	if (!picture) return undefined;
	const scale = Math.min(1, 320 / Math.max(picture.width, picture.height));
	const canvas = make('canvas', { role: 'img', 'aria-label': file.name });
	canvas.width = Math.round(picture.width * scale);
	canvas.height = Math.round(picture.height * scale);
	canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
	picture.close();
	return canvas;
}

/** `button[data-copy="#field"]` copies the value or the text of that element, then says `data-copied`. Shown only when it can. */
export function offerCopies(): void {
	for (const button of all('[data-copy]')) {
		if (!navigator.clipboard) continue;
		button.hidden = false;
		const word = button.querySelector('span') ?? button;
		const before = word.textContent;
		button.addEventListener('click', async () => {
			const from = document.querySelector<HTMLInputElement>(button.dataset.copy ?? '');
			await navigator.clipboard.writeText(from?.value ?? from?.textContent?.trim() ?? '');
			word.textContent = button.dataset.copied ?? before;
			say(button.dataset.copied ?? '');
			setTimeout(() => (word.textContent = before), 2_000);
		});
	}
}

/** `a[data-share="/path"]` opens the sheet of the device that passes an address on, where there is one; else it leads where it leads. */
export function offerShares(): void {
	if (!navigator.share) return;
	for (const link of all<HTMLAnchorElement>('a[data-share]'))
		link.addEventListener('click', (event) => {
			event.preventDefault();
			const url = new URL(link.dataset.share ?? '', location.href).href;
			// Closed without choosing, nothing happens.
			navigator.share({ url }).catch(() => {});
		});
}

/** `button[data-print]` prints the page: without a script, a browser's own menu does. */
export function offerPrints(): void {
	for (const button of all('[data-print]')) {
		button.hidden = false;
		button.addEventListener('click', () => print());
	}
}
