import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type postgres from 'postgres';
import { importFiles, type Kind, refresh } from '#domains/electoral-map/index.ts';
import { usual } from '#domains/territory/blueprint.ts';
import { layStructure } from '#domains/territory/found.ts';
import { asSystem } from '#platform/db.ts';
import { hashOfSecret } from '#platform/seal.ts';
import { saveSetting } from '#platform/settings.ts';
import { root } from '../sources.ts';

const folder = join(root, '../shared/data');

/** What the reader's browser sends. */
export const readerSecret = 'a-bench-reader-of-the-map-of-paris';

/** Where a real file is. Throws when the folder of real files is not beside the project: nothing is measured on made ones. */
export function realFile(path: string): string {
	const file = join(folder, path);
	if (!existsSync(file)) throw new Error(`this bench needs the real files in ${folder}`);
	return file;
}

/** Its bytes, unpacked. */
export const realBytes = (path: string) => {
	const bytes = readFileSync(realFile(path));
	return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
};

/** A member of a section that covers Paris, signed in. */
export async function fillReader(owner: postgres.Sql): Promise<void> {
	const kinds = await asSystem('bench', async (tx) => {
		await saveSetting(tx, 'organisation', { name: 'La Rive commune' }, null);
		return layStructure(tx, usual);
	});
	const [person, unit] = ['1', '2'].map((end) => `00000000-0000-7000-8000-00000000000${end}`);
	await owner.unsafe(`
		insert into territory.unit (id, kind_id, parent_id, ancestors, slug, name, folded_name)
			values ('${unit}', '${kinds.get('national')}', null, array['${unit}'::uuid], 'n', 'National', 'national');
		insert into people.person (id, name, folded_name, confirmed_at) values ('${person}', 'Reader', 'reader', now());
		insert into people.membership (id, person_id, type_id, verified_at)
			select gen_random_uuid(), '${person}', id, now() from people.membership_type where key = 'member';
		insert into territory.attachment (id, person_id, unit_id) values (gen_random_uuid(), '${person}', '${unit}');
		insert into territory.zone (id, kind, code, name, folded_name, population)
			values ('commune:75056', 'commune', '75056', 'Paris', 'paris', 2133111);
		insert into territory.coverage (unit_id, zone_id) values ('${unit}', 'commune:75056');
		insert into people.session (id, person_id, token_hash, expires_at)
			values (gen_random_uuid(), '${person}', '${hashOfSecret(readerSecret)}', now() + interval '1 day')`);
}

/** Loads Paris as an administrator does, and brings its estimates up to date. */
export async function fillParis(): Promise<void> {
	const round = (name: string) => `paris/resultats/${name}_par_bureau_large.csv`;
	const files: [Kind, string, string?][] = [
		['outlines', 'paris/bureaux-contours-2017.geojson.gz'],
		['iris', 'paris/iris-contours-2013-lambert93-shp.zip'],
		['census', 'paris/base-ic-activite-residents-2016.csv.gz'],
		['results', round('2017-presidentielle-1'), '2017_pres_t1'],
		['results', round('2017-presidentielle-2'), '2017_pres_t2'],
	];
	for (const [kind, path, election] of files) await load(kind, path, election);
	await refresh();
}

/** Loads one real file. Throws with its problems when it is refused. */
export async function load(kind: Kind, path: string, election?: string): Promise<Record<string, number>> {
	const [report] = await importFiles(null, { kind, paths: [realFile(path)], election });
	if (!report?.source) throw new Error(`${path}: ${JSON.stringify(report?.problems)}`);
	return report.counts;
}
