import * as v from 'valibot';
import { isApartFrom } from '#domains/safety/index.ts';
import { read, type Tx, write, writeSecret } from '#platform/db.ts';
import { conflict, forbidden, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { hashOfSecret, newSecret } from '#platform/seal.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { idText } from '#platform/text/typed.ts';
import { throttle } from '#platform/throttle.ts';
import type { Viewer } from '#platform/viewer.ts';
import { note } from '../lead.ts';
import { circles } from '../policy.ts';
import type { Someone } from '../queries.ts';

/** Days that a link may last. */
export const lasting = ['7', '30'] as const;
/** People whom one link may bring. */
export const mostMax = 500;
/** Links of one group that are open at once. */
const openMax = 20;

const whole = v.pipe(
	v.union([v.string(), v.number()], 'groups.link_most_shape'),
	v.toNumber('groups.link_most_shape'),
	v.integer('groups.link_most_shape'),
	v.minValue(1, 'groups.link_most_shape'),
	v.maxValue(mostMax, 'groups.link_most_shape'),
);
export const MakeLinkForm = v.object({
	lasts: v.optional(v.picklist(lasting, 'app.invalid_value'), '7'),
	most: v.optional(whole, 10),
	lets_in: v.optional(v.string(), ''),
});
export const OneLink = v.object({ link: idText });

/** A link of a group, as who leads it reads it: never its secret. */
export interface Link {
	id: string;
	by: string | null;
	letsIn: boolean;
	most: number;
	used: number;
	at: Date;
	expiresAt: Date;
	/** Why it opens nothing any more. */
	over: 'revoked' | 'expired' | 'full' | null;
	came: (Someone & { became: 'member' | 'asked'; at: Date })[];
}

/** Makes a link into a group; gives its secret, shown once. Throws NotFound, Forbidden, Conflict, TooMany. */
export async function makeLink(
	viewer: Viewer,
	id: string,
	{ lasts, most, lets_in }: v.InferOutput<typeof MakeLinkForm>,
): Promise<string> {
	await throttle({ [`groups.link:${viewer.id}`]: { burst: 20, perHour: 5 } });
	return writeSecret(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'lead', id);
		await checkRoom(tx, id);
		const secret = newSecret();
		await tx.run(sql`insert into groups.link (id, circle_id, made_by, hash, lets_in, most, expires_at)
			values (${newId()}, ${id}::uuid, ${viewer.id}::uuid, ${hashOfSecret(secret)}, ${lets_in !== ''}, ${most},
				now() + make_interval(days => ${Number(lasts)}::int))`);
		await note(tx, viewer, 'groups.make_link', id);
		return secret;
	});
}

/** A link that may still bring somebody, as far as itself goes. */
export const isOpen: Sql = sql`(link.revoked_at is null and link.expires_at > now() and link.used < link.most)`;

async function checkRoom(tx: Tx, id: string): Promise<void> {
	const room = await tx.one<{ isAsleep: boolean; open: number }>(sql`
		select circle.archived_at is not null as "isAsleep",
			(select count(*)::int from groups.link where link.circle_id = circle.id and ${isOpen}) as open
		from groups.circle where circle.id = ${id}::uuid`);
	if (room!.isAsleep) throw forbidden('groups.asleep');
	if (room!.open >= openMax) throw conflict('groups.link_many');
}

/** Ends a link at once; said twice, it ended once. Throws NotFound, Forbidden. */
export const endLink = (viewer: Viewer, id: string, linkId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'lead', id);
		const found = await tx.run(sql`update groups.link set revoked_at = coalesce(link.revoked_at, now())
			where link.id = ${linkId}::uuid and link.circle_id = ${id}::uuid`);
		if (!found) throw notFound();
		await note(tx, viewer, 'groups.end_link', id);
	});

/** Links of a group, open ones first, with who came by each. Throws NotFound, Forbidden. */
export const linksOf = (viewer: Viewer, id: string): Promise<Link[]> =>
	read(viewer, async (tx) => {
		const may = await tx.one(
			sql`select 1 as may from groups.circle where circle.id = ${id}::uuid and ${circles.lead(viewer)}`,
		);
		if (!may) return circles.refuse(tx, viewer, id);
		return tx.many<Link>(sql`
			select link.id, link.lets_in as "letsIn", link.most, link.used, link.at, link.expires_at as "expiresAt",
				(select maker.name from people.person as maker where maker.id = link.made_by and maker.erased_at is null) as by,
				case when link.revoked_at is not null then 'revoked' when link.used >= link.most then 'full'
					when link.expires_at <= now() then 'expired' end as over,
				coalesce((select jsonb_agg(jsonb_build_object('id', person.id, 'name', person.name, 'photoId', person.photo_id,
						'became', link_use.became, 'at', link_use.at) order by link_use.at, person.id)
					from groups.link_use join people.person on person.id = link_use.person_id and person.erased_at is null
					where link_use.link_id = link.id and ${isApartFrom(sql`person.id`)(viewer)}), '[]') as came
			from groups.link where link.circle_id = ${id}::uuid order by ${isOpen} desc, link.at desc, link.id limit 100`);
	});
