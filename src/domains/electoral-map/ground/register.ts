import type { Row, Table } from '#platform/table/index.ts';
import type { IrisOutline, RegisterAddress, Remark } from '../model.ts';
import { wholeKey } from './fields.ts';
import { byCommune, lay, planeOf } from './grounds.ts';
import { counted, refuseGround } from './layer.ts';
import { drawing, type Pen } from './pen.ts';
import { boxesMeet } from './rings.ts';
import type { Point } from './territories.ts';

/** Addresses that can be put on the ground, and what was left aside. */
export interface RegisterRead {
	addresses: RegisterAddress[];
	remarks: Remark[];
}

const columns = ['id_brut_bv_reu', 'longitude', 'latitude', 'geo_type', 'nb_adresses'] as const;
const needed = columns.slice(0, 3);

// A street or a commune is no address: its point is the middle of something.
const placedWell = new Set(['housenumber', 'interpolation', 'locality']);

/**
 * Reads addresses of the electoral register (`table-adresses-reu`). Those that name no house, have no position or no
 * station are left aside and counted. Throws a Refusal when columns are missing or nothing remains.
 */
export async function readRegister(table: Table): Promise<RegisterRead> {
	const { addresses, vague, unreadable } = await readRows(table);
	if (addresses.length === 0) refuseGround('ground_register_empty');
	return {
		addresses,
		remarks: [...counted('remark_address_vague', vague), ...counted('remark_address_unreadable', unreadable)],
	};
}

/** Leaves aside, and counts, the addresses outside their commune: the union of its IRIS. */
export function dropOutside(addresses: RegisterAddress[], communes: IrisOutline[]): Promise<RegisterRead> {
	return drawing((pen) => {
		const { kept, outside } = keepInside(pen, addresses, communes);
		return { addresses: kept, remarks: counted('remark_address_outside', outside) };
	});
}

type Cell = (row: Row, column: (typeof columns)[number]) => string;

async function readRows(table: Table) {
	const cell = cellsOf(table);
	const addresses: RegisterAddress[] = [];
	let vague = 0;
	let unreadable = 0;
	for await (const row of table.rows) {
		if (!placedWell.has(cell(row, 'geo_type') || 'housenumber')) vague++;
		else {
			const address = addressOf(row, cell);
			if (address) addresses.push(address);
			else unreadable++;
		}
	}
	return { addresses, vague, unreadable };
}

function cellsOf({ header }: Table): Cell {
	const names = header.map((name) => name.toLowerCase());
	const missing = needed.filter((name) => !names.includes(name));
	if (missing.length) refuseGround('ground_missing_columns', { columns: missing.join(', ') });
	const at = new Map(columns.map((name) => [name, names.indexOf(name)]));
	return ({ cells }, column) => (cells[at.get(column) ?? -1] ?? '').trim();
}

function addressOf(row: Row, cell: Cell): RegisterAddress | null {
	const station = wholeKey(cell(row, 'id_brut_bv_reu'));
	const [longitude, latitude] = [number(cell(row, 'longitude')), number(cell(row, 'latitude'))];
	const addresses = number(cell(row, 'nb_adresses') || '1');
	if (!station || Number.isNaN(longitude) || Number.isNaN(latitude) || !(addresses > 0)) return null;
	return { key: station.code, commune: station.commune, longitude, latitude, addresses };
}

function number(text: string): number {
	return text === '' ? Number.NaN : Number(text.replace(',', '.'));
}

/** Addresses inside their commune; a commune without outline keeps them all. `outside` counts points. */
export function keepInside(pen: Pen, addresses: RegisterAddress[], communes: IrisOutline[]) {
	const outlines = byCommune(communes);
	const kept = [...byCommune(addresses)].flatMap(([commune, register]) => {
		const parts = outlines.get(commune);
		return parts ? register.filter(insideOf(pen, parts)) : register;
	});
	return { kept, outside: addresses.length - kept.length };
}

function insideOf(pen: Pen, parts: IrisOutline[]): (address: RegisterAddress) => boolean {
	const ready = parts.map(({ iris, commune, outline }) => {
		const { shape, box } = lay(pen, iris, commune, outline);
		return { box, shape: pen.ready(shape) };
	});
	return (address) => {
		const point = pointOf(address);
		return ready.some(({ box, shape }) => isNear(point, box) && pen.holds(shape, point));
	};
}

/** Where an address is in the plane of its commune. */
export function pointOf({ commune, longitude, latitude }: RegisterAddress): Point {
	return planeOf(commune).forward([longitude, latitude]);
}

/** True when the point is in the box. */
export function isNear([x, y]: Point, box: [number, number, number, number]): boolean {
	return boxesMeet([x, y, x, y], box);
}
