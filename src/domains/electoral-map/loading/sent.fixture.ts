import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Browser } from '#tests/browse.ts';
import { scene } from '#tests/traces.ts';

export const shelfAt = '/carte/donnees';
export const election = '2022_pres_t1';

/** Results of stations of one commune: `[number, registered, votes for A, votes for B]`. */
export const resultsText = (rows: [string, number, number, number][]) =>
	[
		'departement,commune,bureau,inscrits,votants,blancs,exprimes,DUPONT,DURAND',
		...rows.map(([number, registered, a, b]) =>
			['01', '004', number, registered, a + b, 0, a + b, a, b].join(),
		),
	].join('\n');

/** Outlines of stations of one commune, side by side. */
export const outlinesText = (numbers: string[]) =>
	JSON.stringify({
		type: 'FeatureCollection',
		features: numbers.map((number, at) => {
			const [west, east] = [5.35 + at / 100, 5.36 + at / 100];
			const ring = [
				[west, 45.95],
				[east, 45.95],
				[east, 45.96],
				[west, 45.96],
				[west, 45.95],
			];
			return {
				type: 'Feature',
				properties: { codeBureauVote: `01004_${number}`, codeCommune: '01004' },
				geometry: { type: 'Polygon', coordinates: [ring] },
			};
		}),
	});

export const fileOf = (text: string | Buffer, name: string) => new File([text as BlobPart], name);

/** Sends a file; gives the address it is followed at. */
export async function sendBy(who: Browser, text: string | Buffer, name = 'resultats.csv'): Promise<string> {
	const { to } = await who.post(`${shelfAt}?/send`, { file: fileOf(text, name) });
	return to ?? '';
}

/** The id of a sending, from the address it is followed at. */
export const idIn = (at: string) => at.split('/').at(-1) ?? '';

/** Lets what was asked end, then nothing was ever sent. */
export async function emptyShelf(): Promise<void> {
	await drainJobs();
	await scene(
		sql`delete from platform.bucket`,
		sql`delete from electoral_map.source`,
		sql`delete from electoral_map.sending`,
	);
}

/** What is in place: kind, election, how many stations. */
export const inPlace = () =>
	asSystem('test', (tx) =>
		tx.many<{ kind: string; election: string | null; stations: number }>(sql`select kind, election,
			(counts->>'stations')::int as stations from electoral_map.source where state = 'current' order by kind`),
	);

/** Acts of the journal about the map, the last first. */
export const journal = async () =>
	(
		await asSystem('test', (tx) =>
			tx.many<{ act: string }>(
				sql`select act from audit.entry where act like 'electoral-map.%' order by seq desc limit 500`,
			),
		)
	).map(({ act }) => act.replace('electoral-map.', ''));
