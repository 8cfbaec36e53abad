import { all, make } from './page.ts';

interface View {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** As near as a drawing can be looked at. */
const NEAREST = 16;

/**
 * `svg[data-ground]`: buttons to come closer, to go back and to see the whole (`data-closer`, `data-farther`, `data-whole`
 * say them), a finger or a mouse moves what is nearer. Only the viewBox changes. What the keyboard reaches is brought in sight.
 */
export function comeCloser(): void {
	for (const drawing of all('[data-ground]')) {
		const svg = drawing as unknown as SVGSVGElement;
		const { x, y, width, height } = svg.viewBox.baseVal;
		const whole = { x, y, width, height };
		let view = whole;
		const look = (next: View) => {
			view = inside(next, whole);
			svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.width} ${view.height}`);
			svg.classList.toggle('nearer', view.width < whole.width);
		};
		const times = (by: number) => look(around(middleOf(view), view.width / by, whole));
		offerButtons(svg, { closer: () => times(2), farther: () => times(0.5), whole: () => look(whole) });
		letMove(svg, () => view, look);
		svg.addEventListener('focusin', ({ target }) => {
			const box = (target as SVGGraphicsElement).getBBox?.();
			if (box && view !== whole && !holds(view, middleOf(box)))
				look(around(middleOf(box), view.width, whole));
		});
		const scroll = svg.parentElement;
		if (scroll) scroll.scrollLeft = (scroll.scrollWidth - scroll.clientWidth) / 2;
	}
}

const middleOf = ({ x, y, width, height }: View): [number, number] => [x + width / 2, y + height / 2];

const holds = (view: View, [x, y]: [number, number]) =>
	x > view.x && x < view.x + view.width && y > view.y && y < view.y + view.height;

function around([x, y]: [number, number], width: number, whole: View): View {
	const height = (width * whole.height) / whole.width;
	return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Never beyond the drawing, nor nearer than there is something to see. */
function inside(view: View, whole: View): View {
	const width = Math.min(Math.max(view.width, whole.width / NEAREST), whole.width);
	if (width === whole.width) return whole;
	const { x, y, height } = around(middleOf(view), width, whole);
	return {
		x: Math.min(Math.max(x, whole.x), whole.x + whole.width - width),
		y: Math.min(Math.max(y, whole.y), whole.y + whole.height - height),
		width,
		height,
	};
}

type Act = 'closer' | 'farther' | 'whole';
const signs: Record<Act, string> = { closer: '+', farther: '−', whole: '⤢' };

function offerButtons(svg: SVGSVGElement, acts: Record<Act, () => void>): void {
	const box = make('div', { class: 'map-closer no-print' });
	for (const name of Object.keys(signs) as Act[]) {
		const label = svg.dataset[name] ?? '';
		const button = make('button', { type: 'button', 'aria-label': label, title: label }, signs[name]);
		button.addEventListener('click', acts[name]);
		box.append(button);
	}
	svg.parentElement?.after(box);
}

/** Pulls what is nearer than the whole; a pull is no click on the station below. */
function letMove(svg: SVGSVGElement, viewNow: () => View, look: (view: View) => void): void {
	let from: { x: number; y: number; view: View } | null = null;
	let moved = false;
	svg.addEventListener('pointerdown', ({ clientX, clientY, isPrimary }) => {
		moved = false;
		if (isPrimary && svg.classList.contains('nearer')) from = { x: clientX, y: clientY, view: viewNow() };
	});
	svg.addEventListener('pointermove', ({ clientX, clientY, pointerId }) => {
		if (!from) return;
		const [x, y] = [clientX - from.x, clientY - from.y];
		if (!moved && Math.hypot(x, y) < 6) return;
		if (!moved) svg.setPointerCapture(pointerId);
		moved = true;
		const scale = svg.getScreenCTM()?.a ?? 1;
		look({ ...from.view, x: from.view.x - x / scale, y: from.view.y - y / scale });
	});
	for (const end of ['pointerup', 'pointercancel'] as const) svg.addEventListener(end, () => (from = null));
	svg.addEventListener('dragstart', (event) => event.preventDefault());
	svg.addEventListener('click', (event) => moved && event.preventDefault(), true);
}
