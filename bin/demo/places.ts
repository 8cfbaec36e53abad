import { inventedZones, putUnits, type UnitRow, zoneId } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf, type UnitKey, units } from '#tests/party.ts';

const regionNames: Record<string, string> = {
	XR1: 'Région des Hautes-Orsandes',
	XR2: 'Région des Plaines-de-Lourme',
	XR3: 'Région de la Côte-Sarvane',
};
const byName = new Map(
	(Object.keys(units) as UnitKey[]).map((key) => [units[key].name as string, units[key].code as string]),
);

const federationArticles: Record<string, string> = {
	X01: 'du ',
	X02: 'de la ',
	X03: 'du ',
	X04: 'du ',
	X05: 'de la ',
	X06: 'des ',
	X07: 'du ',
	X08: 'des ',
};

/** "Section de Villebrume", "Section des Aubrelles", "Section d’Ambrune". */
export function sectionName(commune: string): string {
	if (commune.startsWith('Les ')) return `Section des ${commune.slice(4)}`;
	if (/^[AÉEIOUÎÂ]/.test(commune)) return `Section d’${commune}`;
	return `Section de ${commune}`;
}

/** Lays the invented country's units over those of the party: 3 regions, 8 federations, a section for each larger place. */
export async function layPlaces(tx: Tx): Promise<void> {
	const zones = inventedZones();
	const rows: UnitRow[] = [];
	const row = (name: string, kind: string, parent: string, code: string, covered: string[]) =>
		rows.push({ code: byName.get(name) ?? code, name, kind, parent, zones: covered });
	for (const region of zones.filter(({ kind }) => kind === 'region')) {
		row(regionNames[region.code]!, 'region', 'N', `R0${region.code.at(-1)}`, [zoneId('region', region.code)]);
	}
	for (const department of zones.filter(({ kind }) => kind === 'department')) {
		const name = `Fédération ${federationArticles[department.code]}${department.name}`;
		row(name, 'federation', `R0${department.parentCode!.at(-1)}`, `F${department.code.slice(1)}`, [
			zoneId('department', department.code),
		]);
		const communes = zones.filter(
			({ kind, parentCode }) => kind === 'commune' && parentCode === department.code,
		);
		const seats = communes.toSorted((a, b) => b.population! - a.population!).slice(0, 8);
		for (const seat of seats) {
			const covered = communes
				.filter((commune) => nearest(commune, seats, communes) === seat)
				.map(({ code }) => zoneId('commune', code));
			row(
				sectionName(seat.name),
				'section',
				`F${department.code.slice(1)}`,
				`S${seat.code.slice(1)}`,
				covered,
			);
		}
	}
	await putUnits(tx, rows);
	await tx.run(
		sql`update territory.unit set public_text = ${welcomeText} where kind_id in (select id from territory.unit_kind where key = 'section')`,
	);
	await tx.run(sql`update territory.unit set members_text = ${noteText} where id = ${idOf('villebrume')}`);
}

type Zone = ReturnType<typeof inventedZones>[number];

// Small places go to the seat that stands closest in the list of their department.
function nearest(commune: Zone, seats: Zone[], communes: Zone[]): Zone {
	if (seats.includes(commune)) return commune;
	const at = communes.indexOf(commune);
	return seats.toSorted(
		(a, b) => Math.abs(communes.indexOf(a) - at) - Math.abs(communes.indexOf(b) - at),
	)[0]!;
}

const welcomeText = `On se voit une fois par mois, et sur le marché le samedi matin. **Viens comme tu es** : la première fois, on écoute et on boit un café.

- parler du logement et des transports
- tenir le stand, même une heure
- aider à préparer les repas partagés`;

const noteText = `La clé de la salle des Tanneries est chez Josiane jusqu'en janvier.

Le matériel (tables, barnum, percolateur) se réserve auprès de Samuel, au plus tard le jeudi.`;
