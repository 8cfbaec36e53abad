import * as v from 'valibot';
import { isFresh } from '#platform/access.ts';
import { record } from '#platform/audit.ts';
import { writeSecret } from '#platform/db.ts';
import { invalidField, secondFactorFirst } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { seal } from '#platform/seal.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { hostOf, insistPublic } from './address.ts';
import { hookKinds } from './kinds.ts';
import { insist } from './policy.ts';
import { newHookSecret } from './sign.ts';

export const hooksAtMost = 20;

const name = v.pipe(
	v.string('webhooks.name_missing'),
	v.trim(),
	v.nonEmpty('webhooks.name_missing'),
	v.maxLength(60, 'webhooks.name_long'),
);
const kinds = v.pipe(
	v.optional(v.array(v.picklist(hookKinds, 'app.invalid_value')), []),
	v.minLength(1, 'webhooks.kinds_missing'),
	v.maxLength(hookKinds.length * 2, 'app.invalid_value'),
);

export const EditForm = v.object({ name, kinds });
export const HookForm = v.object({
	name,
	url: v.pipe(
		v.string('webhooks.url_missing'),
		v.trim(),
		v.nonEmpty('webhooks.url_missing'),
		v.maxLength(500, 'webhooks.url_long'),
	),
	kinds,
});

/**
 * Adds an address. Gives its id and its secret, which is shown once: it is kept sealed.
 * Throws NotFound, SecondFactor, Invalid.
 */
export async function create(
	viewer: Viewer,
	{ name, url, kinds }: v.InferOutput<typeof HookForm>,
): Promise<{ id: string; secret: string }> {
	return writeSecret(viewer, async (tx) => {
		await insist(tx, viewer);
		if (!isFresh(viewer)) throw secondFactorFirst();
		await insistPublic(url);
		// One at a time, so that two tabs do not pass the limit together.
		await tx.run(sql`select pg_advisory_xact_lock(hashtext('webhooks.create'))`);
		const { n } = (await tx.one<{ n: number }>(
			sql`select count(*)::int as n from webhooks.hook where hook.deleted_at is null`,
		))!;
		if (n >= hooksAtMost) throw invalidField('url', 'webhooks.too_many', { n: hooksAtMost });
		const made = { id: newId(), secret: newHookSecret() };
		await tx.run(sql`insert into webhooks.hook (id, name, address, kinds, secret, by_id)
			values (${made.id}, ${name}, ${url}, ${list([...new Set(kinds)], 'text')}, ${seal('webhook', made.secret)},
				${viewer.id}::uuid)`);
		await record(tx, {
			actorId: viewer.id,
			act: 'webhooks.create',
			subject: 'webhook',
			subjectId: made.id,
			detail: { host: hostOf(url), kinds: [...new Set(kinds)].join(' ') },
		});
		return made;
	});
}
