import type { Row, Table } from '#platform/table/index.ts';
import { wholeKey } from '../ground/fields.ts';
import { communeOf, stationKey, wholeCommune } from '../ground/keys.ts';
import type { Remark, Weight } from '../model.ts';
import { fold } from '../results/columns.ts';
import { refuseLoad } from './refusal.ts';
import type { Prepared, Writer } from './sources.ts';
import { qualityOfGiven, writeGiven } from './weights.ts';

const known = {
	iris: ['iris', 'code iris', 'dcomiris', 'codeiris', 'dcom iris'],
	station: ['bureau', 'codebureauvote', 'code bv', 'id bv', 'bv', 'station', 'id brut bv reu', 'id brut reu'],
	weight: ['weight', 'poids', 'part', 'w', 'part population', 'ratio'],
	area: ['area m2', 'area', 'surface m2', 'surface'],
};
type Column = keyof typeof known;

// Parts of an IRIS that were rounded to print them.
const ROUNDED = 1e-6;

/** A table of weights made elsewhere. The parts of an IRIS are brought back to one, and that is said. */
export async function prepareWeights(table: Table, vintage: string): Promise<Prepared> {
	const weights = await readRows(table);
	if (weights.length === 0) refuseLoad('weights_empty');
	const whole = renormalised(weights);
	const quality = qualityOfGiven(whole.weights);
	const communes = [...new Set(whole.weights.map(({ key }) => communeOf(key)))];
	return {
		vintage,
		election: null,
		columns: [],
		communes,
		counts: { weights: weights.length, areas: whole.areas, stations: quality.length },
		remarks: whole.remarks,
		rows: whole.weights.length,
		write: writing(vintage, whole.weights, quality),
	};
}

const writing =
	(vintage: string, all: Weight[], stations: ReturnType<typeof qualityOfGiven>): Writer =>
	(tx, sourceId, from, to) => {
		const [weights, quality] = [all.slice(from, to), from === 0 ? stations : []];
		return writeGiven(tx, { sourceId, vintage, weights, quality });
	};

async function readRows({ header, rows }: Table): Promise<Weight[]> {
	const names = header.map(fold);
	const at = (column: Column) => names.findIndex((name) => known[column].includes(name));
	const places = { iris: at('iris'), station: at('station'), weight: at('weight'), area: at('area') };
	const missing = (['iris', 'station', 'weight'] as const).filter((column) => places[column] < 0);
	if (missing.length > 0) refuseLoad('weights_columns', { columns: missing.join(', ') });
	const weights: Weight[] = [];
	for await (const row of rows) weights.push(weightIn(row, places));
	return weights;
}

const number = (cell: string) => (cell.trim() === '' ? Number.NaN : Number(cell.trim().replace(',', '.')));

function weightIn({ cells, line }: Row, places: Record<Column, number>): Weight {
	const cell = (column: Column) => (cells[places[column]] ?? '').trim();
	const text = cell('iris').toUpperCase();
	const iris = /^\d{8}$/.test(text) ? `0${text}` : text;
	const weight = number(cell('weight'));
	const area = number(cell('area'));
	const key = wholeKey(cell('station'))?.code ?? stationKey(iris.slice(0, 5), cell('station'));
	const isOfCommune = key.startsWith(`${wholeCommune(iris.slice(0, 5))}_`);
	if (!/^\d[\dAB]\d{7}$/.test(iris) || !isOfCommune || !(weight >= 0 && weight <= 1 + ROUNDED))
		refuseLoad('weights_row', { line, iris: text.slice(0, 20), station: cell('station').slice(0, 20) });
	return { iris, key, weight, area: area >= 0 ? area : null };
}

function renormalised(weights: Weight[]): { weights: Weight[]; areas: number; remarks: Remark[] } {
	const sums = new Map<string, number>();
	for (const { iris, weight } of weights) sums.set(iris, (sums.get(iris) ?? 0) + weight);
	const off = [...sums].filter(([, sum]) => Math.abs(sum - 1) > ROUNDED).map(([iris]) => iris);
	const whole = weights
		.filter(({ weight }) => weight > 0)
		.map((found) => ({ ...found, weight: found.weight / (sums.get(found.iris) || 1) }));
	const remarks = off.length
		? [
				{
					key: 'electoral-map.remark_weights_brought_to_one',
					args: { count: off.length, codes: off.slice(0, 20).join(', ') },
				},
			]
		: [];
	return { weights: whole, areas: sums.size, remarks };
}
