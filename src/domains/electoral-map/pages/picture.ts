import sharp from 'sharp';

/** Colours and letters of a picture that stands alone, as the style sheet says them: a picture knows no theme. */
export const pictureStyle = `
text { font-family: "Atkinson Hyperlegible Next", "DejaVu Sans", sans-serif; fill: #17122b; }
.paper { fill: #fff; }
.edge { fill: none; stroke: #17122b; stroke-width: 7; stroke-linejoin: round; }
.station { stroke: #fff; stroke-width: 3; }
.many .station { stroke-width: 1.2; }
.cell-0 { fill: #f1edf3; } .cell-1 { fill: #b9dbe0; } .cell-3 { fill: #f3c9b4; } .cell-4 { fill: #b9a9a8; }
${[2, 5, 6, 7, 8, 'none'].map((cell) => `.cell-${cell} { fill: url(#paint-${cell}); }`).join(' ')}
.plain-2 { fill: #6fb3bd; } .plain-5 { fill: #66889a; } .plain-6 { fill: #e08863; } .plain-7 { fill: #a2676a; }
.plain-8 { fill: #4b3a5c; } .plain-none { fill: #e7e3ec; }
.hatch { stroke: #fff; stroke-opacity: 0.45; stroke-width: 3; } .dot { fill: #8d86a0; }
.ring { fill: none; stroke: #17122b; stroke-width: 4; } .many .ring { stroke-width: 1.6; }
.target { fill: none; stroke: #17122b; } .target.under, .target-mark { stroke: #fff; } .target-mark { fill: #17122b; }
.count { fill: #fff; fill-opacity: 0.72; stroke: #17122b; stroke-width: 2; }
.number circle { fill: #fff; stroke: #17122b; stroke-width: 1.5; } .number text { text-anchor: middle; font-weight: 700; }
.number.first circle { fill: #17122b; } .number.first circle + text { fill: #fff; }
`;

/** A drawing as PNG, twice as fine as its own unit. */
export const pngOf = (svg: string): Promise<Buffer> =>
	sharp(Buffer.from(svg), { density: 144 }).png({ palette: true }).toBuffer();

/** Lines no longer than so many signs: a picture breaks none by itself. */
export function brokenAt(text: string, most: number): string[] {
	const lines = [''];
	for (const word of text.split(' ')) {
		const line = `${lines.at(-1)} ${word}`.trim();
		if (line.length > most && lines.at(-1)) lines.push(word);
		else lines[lines.length - 1] = line;
	}
	return lines;
}
