import { qrCode } from './code.ts';

const quiet = 4;
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The QR code of a text as SVG, dark on white whatever the mode, with the margin readers need. `label` says what it is. */
export function qrPicture(text: string, label: string, pixels = 240): string {
	const dark = qrCode(text);
	const size = dark.length + quiet * 2;
	const path = dark
		.flatMap((row, y) => row.flatMap((one, x) => (one ? [`M${x + quiet} ${y + quiet}h1v1h-1z`] : [])))
		.join('');
	return `<svg class="qr" role="img" aria-label="${escaped(label)}" width="${pixels}" height="${pixels}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}
