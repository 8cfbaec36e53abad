import { publishAs } from '#domains/feed/index.ts';
import type { Tx } from '#platform/db.ts';
import { keepFile, takeIn } from '#platform/files/keep.ts';
import { hashOfSecret } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';

/** Secret of the link into the closed group. */
export const linkSecret = 'matrix-group-link';
const [odile, mathis] = [idOf('odile'), idOf('mathis')];
const groupOf = (state: 'open' | 'closed' | 'secret') => idOf(`matrix group ${state}`);

/** Of the groups that `putGroups` made: what Odile plans in the secret one and in the open one, a document, a picture and a link of the closed one. */
export async function putGroupMore(tx: Tx) {
	const planned = { secret: await plan(tx, 'secret', 'group'), open: await plan(tx, 'open', 'public') };
	await tx.run(sql`insert into groups.link (id, circle_id, made_by, hash, most, expires_at)
		values (${idOf('matrix link')}, ${groupOf('closed')}, ${odile}, ${hashOfSecret(linkSecret)}, 100, now() + interval '5 days')`);
	await tx.run(sql`insert into groups.link_use (link_id, person_id, became)
		values (${idOf('matrix link')}, ${mathis}, 'member')`);
	return { planned, groupLink: idOf('matrix link'), groupFile: await give(tx), groupCover: await cover(tx) };
}

async function plan(tx: Tx, state: 'secret' | 'open', visibility: string): Promise<string> {
	const id = idOf(`matrix event of group ${state}`);
	await tx.run(sql`insert into events.event (id, group_id, by_id, title, starts_at, ends_at, visibility, folded)
		values (${id}, ${groupOf(state)}, ${odile}, ${`canary-planned-${state}`}, now() + interval '12 days',
			now() + interval '12 days 2 hours', ${visibility}, ${`canary planned ${state}`})`);
	return id;
}

async function give(tx: Tx): Promise<string> {
	const postId = await publishAs(tx, {
		authorId: mathis,
		unitId: null,
		groupId: groupOf('closed'),
		audience: 'group',
		text: 'Le document',
		at: new Date(Date.now() - 7_200_000),
		poll: null,
		linkUrl: null,
	});
	const upload = await takeIn(new File(['matrix'], 'canary-document.txt', { type: 'text/plain' }));
	const file = await keepFile(tx, upload, { ownerId: mathis, holder: 'feed.post', holderId: postId });
	await tx.run(sql`insert into feed.media (post_id, position, file_id) values (${postId}, 0, ${file})`);
	return file;
}

async function cover(tx: Tx): Promise<string> {
	const upload = await takeIn(new File(['matrix'], 'cover.txt', { type: 'text/plain' }));
	const holderId = groupOf('closed');
	const file = await keepFile(tx, upload, { ownerId: odile, holder: 'groups.circle', holderId });
	await tx.run(sql`update groups.circle set cover_id = ${file} where circle.id = ${holderId}`);
	return file;
}
