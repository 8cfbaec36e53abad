/** How hard a drawing is to read: long runs, blocks, finder look-alikes, too dark or too light. */
export function penalty(dark: boolean[][]): number {
	const lines = [...dark, ...dark.map((_, x) => dark.map((row) => row[x]!))].map((row) =>
		row.map(Number).join(''),
	);
	let score = 0;
	for (const line of lines) {
		for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) score += run.length - 2;
		score += 40 * [...line.matchAll(/(?=10111010000|00001011101)/g)].length;
	}
	const share = dark.flat().filter(Boolean).length / dark.length ** 2;
	return score + 3 * squares(dark) + 10 * Math.floor(Math.abs(share * 100 - 50) / 5);
}

/** Blocks of two by two of one colour. */
function squares(dark: boolean[][]): number {
	const isOne = (x: number, y: number) =>
		[dark[y]![x + 1], dark[y + 1]?.[x], dark[y + 1]?.[x + 1]].every((other) => other === dark[y]![x]);
	return dark.flatMap((row, y) => row.filter((_, x) => isOne(x, y))).length;
}
