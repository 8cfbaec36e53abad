import type postgres from 'postgres';
import { search, suggest } from '#domains/search/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { apps } from '#registry.ts';
import { fillFeed, readerId } from './feed-data.ts';
import type { Measured, Options } from './index.ts';
import { quantile, rounded, timed } from './load.ts';
import { withDatabase } from './scene.ts';

const runs = 200;

/** What people type: a name, part of one, a slip, a place, words of posts rare and common, nothing that exists. */
const typed = [
	'camille maurel',
	'maur',
	'camile maurell',
	'section 31',
	'federation',
	'message 4242',
	'marche tracts',
	'personne',
	'xyzzy',
];
const firstKeys = ['c', 'm', 's', 'ca', 'mau'];

/** The search of a member over the whole network, rights included; then the suggestions of each first key. */
export async function measure({ members, say }: Options): Promise<Measured> {
	const rows: Measured['rows'] = [];
	for (const size of members) {
		await withDatabase(async (owner) => {
			say(`${size} members: filling`);
			await fillFeed(owner, size);
			await nameThem(owner, size);
			say(`${size} members: measuring`);
			rows.push(...(await measureSize(size)));
		});
	}
	return { rows, raw: {} };
}

async function measureSize(members: number): Promise<Measured['rows']> {
	const viewer = await viewerOfPerson(readerId, apps);
	const one = async (kind: string, text: string, work: () => Promise<unknown>) => {
		const ms = await timed(runs, work, 10);
		return { members, kind, typed: text, p50: rounded(quantile(ms, 0.5)), p99: rounded(quantile(ms, 0.99)) };
	};
	const rows = [];
	for (const text of typed) rows.push(await one('search', text, () => search(viewer, text)));
	for (const text of firstKeys) rows.push(await one('suggest', text, () => suggest(viewer, text)));
	return rows;
}

const firsts =
	'camille,maxime,sacha,noa,lou,dominique,claude,morgan,charlie,ariel,yael,eden,alix,sam,jules,lena,karim,ines,hugo,zoe'.split(
		',',
	);
const lasts =
	'maurel,carrade,sauvat,bellon,tessier,valade,orsini,meriaux,castan,lambert,quemener,fabre,dujardin,benali,costes,marty,seguin,roux,morvan,perez'.split(
		',',
	);

/** Names as people have them, a secretary in most sections, and one member in twenty who spoke to the network. */
export async function nameThem(owner: postgres.Sql, members: number): Promise<void> {
	const pick = (names: string[], n: string) =>
		`('{${names.join(',')}}'::text[])[1 + (${n}) % ${names.length}]`;
	await owner.unsafe(`update people.person set folded_name = named.text, name = initcap(named.text) from (
			select id, ${pick(firsts, 'n * 7')} || ' ' || ${pick(lasts, 'n / 20')} || case when n % 3 = 0 then ' ' || ${pick(lasts, 'n * 13')} else '' end as text
			from (select id, row_number() over (order by id)::int as n from people.person) as numbered) as named where named.id = person.id`);
	await owner.unsafe(`insert into territory.term (id, person_id, unit_id, office_id, starts_at)
		select gen_random_uuid(), min(attachment.person_id::text)::uuid, unit.id, office.id, now() - interval '1 year'
		from territory.unit join territory.office on office.kind_id = unit.kind_id and office.leads
		join territory.attachment on attachment.unit_id = unit.id group by unit.id, office.id`);
	await owner.unsafe(
		`insert into friends.shown (person_id, place) select id, 'network' from people.person where ('x' || right(id::text, 4))::bit(16)::int % 20 = 0`,
	);
	await owner.unsafe(
		`insert into profiles.likeness (person_id, name, look) select id, name, folded_name from people.person limit ${members}`,
	);
	await owner.unsafe('vacuum analyze');
}
