import type postgres from 'postgres';
import { usual } from '#domains/territory/blueprint.ts';
import { layStructure } from '#domains/territory/found.ts';
import { asSystem } from '#platform/db.ts';
import { hashOfSecret } from '#platform/seal.ts';
import { saveSetting } from '#platform/settings.ts';

/** What the reader's browser sends. */
export const readerSecret = 'a-bench-reader-with-three-hundred-friends';
/** The member whose pages are measured: 300 friends, four levels. */
export const readerId = '00000000-0000-7000-8000-000000000001';
const posts = 100_000;

/** Ids that sort by age, as ours do: the older row has the smaller id. `age` in seconds, `n` tells rows apart. */
const idSql = (
	age: string,
	n: string,
) => `(lpad(to_hex((extract(epoch from now()) * 1000 - (${age})::bigint * 1000)::bigint), 12, '0')
	|| '7' || lpad(to_hex((${n}) % 4096), 3, '0') || '8' || lpad(to_hex(${n}), 15, '0'))::uuid`;
const personSql = (n: string) => `('00000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const unitSql = (level: number, n: string) =>
	`('00000000-0000-7000-900${level}-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const groupSql = (n: string) => `('00000000-0000-7000-9010-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/** Fills an empty, migrated database with an organisation of this many members and 100 000 posts, by SQL alone. */
export async function fillFeed(owner: postgres.Sql, members: number): Promise<void> {
	const kinds = await asSystem('bench', async (tx) => {
		await saveSetting(tx, 'organisation', { name: 'La Rive commune' }, null);
		return layStructure(tx, usual);
	});
	const sections = Math.min(5200, Math.max(40, Math.round(members / 6.5)));
	await fillUnits(owner, kinds, sections);
	await fillPeople(owner, members, sections);
	await fillGroups(owner, members);
	await fillPosts(owner, members, sections);
	await owner.unsafe(`insert into people.session (id, person_id, token_hash, expires_at)
		values (gen_random_uuid(), '${readerId}', '${hashOfSecret(readerSecret)}', now() + interval '1 day')`);
	await owner.unsafe('analyze');
}

async function fillUnits(owner: postgres.Sql, kinds: Map<string, string>, sections: number): Promise<void> {
	const federations = Math.min(100, Math.max(4, Math.round(sections / 40)));
	const counts = [1, 13, federations, sections];
	const keys = ['national', 'region', 'federation', 'section'];
	for (const [level, key] of keys.entries()) {
		const parent = level ? unitSql(level - 1, `1 + (n - 1) % ${counts[level - 1]}`) : 'null::uuid';
		await owner.unsafe(`insert into territory.unit (id, kind_id, parent_id, ancestors, slug, name, folded_name)
			select ${unitSql(level, 'n')}, '${kinds.get(key)}', ${parent},
				coalesce((select ancestors from territory.unit where id = ${parent}), '{}') || ${unitSql(level, 'n')},
				'${key}-' || n, '${key} ' || n, '${key} ' || n
			from generate_series(1, ${counts[level]}) as n`);
	}
}

async function fillPeople(owner: postgres.Sql, members: number, sections: number): Promise<void> {
	await owner.unsafe(`insert into people.person (id, name, folded_name, confirmed_at, created_at)
		select ${personSql('n')}, 'Personne ' || n, 'personne ' || n, now() - interval '1 year', now() - interval '1 year' from generate_series(1, ${members}) as n`);
	await owner.unsafe(`insert into people.membership (id, person_id, type_id, verified_at)
		select gen_random_uuid(), ${personSql('n')}, (select id from people.membership_type where key = 'member'), now() from generate_series(1, ${members}) as n`);
	await owner.unsafe(`insert into territory.attachment (id, person_id, unit_id)
		select gen_random_uuid(), ${personSql('n')}, ${unitSql(3, `1 + (n - 1) % ${sections}`)} from generate_series(1, ${members}) as n`);
	// Everybody has about ten friends; the reader has three hundred, all over the country.
	await owner.unsafe(`insert into friends.link (person_id, friend_id)
		select ${personSql('n')}, ${personSql(`1 + (n::bigint * 7919 + k * 104729) % ${members}`)}
		from generate_series(2, ${members}) as n, generate_series(1, 10) as k where 1 + (n::bigint * 7919 + k * 104729) % ${members} <> n on conflict do nothing`);
	await owner.unsafe(`delete from friends.link where '${readerId}' in (person_id, friend_id)`);
	await owner.unsafe(`insert into friends.link (person_id, friend_id)
		select a, b from (select '${readerId}'::uuid as a, ${personSql(`2 + (n::bigint * 37) % ${members - 2}`)} as b from generate_series(1, 300) as n) as chosen
		union select b, a from (select '${readerId}'::uuid as a, ${personSql(`2 + (n::bigint * 37) % ${members - 2}`)} as b from generate_series(1, 300) as n) as chosen on conflict do nothing`);
	await owner.unsafe(`update territory.unit set member_count = ${members} where parent_id is null`);
}

// One post in a hundred is national, four are regional, fifteen of a federation; one in two hundred is said in one of the reader's
// groups, one in ten of the others is for friends. One in four is on a subject, of which the reader lets three come home.
async function fillPosts(owner: postgres.Sql, members: number, sections: number): Promise<void> {
	const federations = Math.min(100, Math.max(4, Math.round(sections / 40)));
	await owner.unsafe(`insert into feed.post (id, author_id, as_unit_id, unit_id, group_id, subject_id, audience, text, folded, published_at, publish_after, thanks_count, comment_count)
		select ${idSql('n * 60', 'n')}, case when audience = 'group' then ${personSql('1 + n % 5')} else ${personSql(`1 + (n::bigint * 7919 % ${members})::int`)} end,
			case when n % 100 < 20 then place end, case when n % 10 <> 9 or n % 100 < 20 then place end,
			case when audience = 'group' then ${groupSql('1 + n / 200 % 5')} end, case when audience <> 'friends' and n % 4 = 3 then subjects[1 + n / 4 % 14] end,
			audience, words, words, now() - n * interval '1 minute', now() - n * interval '1 minute', n % 20, case when n % 5 = 0 then 3 else 0 end
		from generate_series(1, ${posts}) as n
		cross join (select array(select id from groups.subject order by position) as subjects) as listed
		cross join lateral (select case when n % 200 = 58 then 'group' when n % 10 = 9 and n % 100 >= 20 then 'friends'
			when n % 7 = 0 then 'network' when n % 11 = 0 then 'members' else 'unit' end as audience) as said
		cross join lateral (select case when audience = 'group' then null when n % 100 = 0 then ${unitSql(0, '1')} when n % 100 < 5 then ${unitSql(1, '1 + n % 13')}
			when n % 100 < 20 then ${unitSql(2, `1 + n % ${federations}`)} else ${unitSql(3, `1 + n % ${sections}`)} end as place) as placed
		cross join lateral (select 'Message ' || n || '. ' || repeat('On se retrouve samedi au marché avec les tracts. ', 1 + n % 8) as words) as written`);
	await owner.unsafe(`insert into groups.follow (person_id, subject_id, in_feed)
		select '${readerId}', id, true from groups.subject order by position limit 3`);
	await owner.unsafe(`insert into feed.comment (id, post_id, author_id, text, created_at)
		select gen_random_uuid(), post.id, ${personSql(`1 + (k * 31 + post.thanks_count) % ${members}`)}, 'Je viens, et vous ? Numéro ' || k, post.published_at
		from feed.post, generate_series(1, 3) as k where post.comment_count = 3`);
}

// Five groups of thirty people, the reader among them.
async function fillGroups(owner: postgres.Sql, members: number): Promise<void> {
	await owner.unsafe(`insert into groups.circle (id, name, folded, purpose, visibility, owner_id, member_count)
		select ${groupSql('n')}, 'Groupe ' || n, 'groupe ' || n, 'Agir', (array['open', 'closed', 'secret'])[1 + n % 3], ${personSql('1 + n')}, 31
		from generate_series(1, 5) as n`);
	await owner.unsafe(`insert into groups.membership (circle_id, person_id, state)
		select ${groupSql('n')}, ${personSql('who')}, 'member' from generate_series(1, 5) as n
		cross join lateral (select 1 as who union select 1 + (n::bigint * 31 + k * 104729) % ${members} from generate_series(1, 30) as k) as people
		on conflict do nothing`);
	await owner.unsafe(
		'insert into groups.seat (person_id, circle_id) select person_id, circle_id from groups.membership',
	);
}
