import { comment, publishAs, said, thank } from '#domains/feed/index.ts';
import { ask } from '#domains/friends/index.ts';
import { report } from '#domains/safety/index.ts';
import { claim, viewerOfPerson } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { apps } from '#registry.ts';
import { type CastName, idOf } from '#tests/party.ts';

const as = (id: string) => viewerOfPerson(id, apps);

/** What just happened to the cast, each by the verb that a page would use: who it concerns is told as in life. */
export async function liveToday(): Promise<void> {
	const cast = async (name: CastName) => as(idOf(name));
	await argue(await cast('odile'), await cast('samuel'), await cast('mathis'));
	await ask(await cast('gerard'), {
		person: idOf('odile'),
		note: 'On a tenu le stand ensemble tout l’automne, restons en lien.',
	});
	await offer();
	await forgotten(await cast('ines'));
}

/** Odile tells of the bus, Samuel answers, Mathis gets carried away, and she asks moderators to look. */
async function argue(odile: Viewer, samuel: Viewer, mathis: Viewer): Promise<void> {
	const post = await asSystem('demo', (tx) =>
		publishAs(tx, {
			authorId: odile.id!,
			unitId: idOf('villebrume'),
			audience: 'unit',
			text: 'La ligne 7 ne passera plus le dimanche. J’ai relevé les horaires avec deux voisines, qui les porte en mairie ?',
			at: new Date(Date.now() - 5 * 3_600_000),
		}),
	);
	await thank(samuel, 'post', post);
	await thank(mathis, 'post', post);
	await comment(samuel, post, { text: 'Je peux les porter lundi matin, avec une lettre.', reply_to: '' });
	const harsh = await comment(mathis, post, { text: 'Une lettre ? Vous êtes tous endormis.', reply_to: '' });
	const { kind, id, author, hostId, unitId } = await said(odile, 'comment', harsh);
	const subject = { kind, id, placeId: post, authorId: author.id, hostId, unitId };
	await report(odile, subject, { reason: 'attack', note: 'On peut le dire autrement.' });
}

/** Somebody offers to take a section of Yamina's that has nobody; Castelmauve is left to the stories. */
async function offer(): Promise<void> {
	const found = await asSystem('demo', (tx) =>
		tx.one<{ unit: string; person: string }>(sql`
			select unit.id as unit, membership.person_id as person
			from territory.unit join territory.attachment on attachment.unit_id = unit.id
				join people.membership on membership.person_id = attachment.person_id and membership.verified_at is not null
			where unit.parent_id = ${idOf('valdorsande')}::uuid and unit.id <> ${idOf('castelmauve')}::uuid
				and not exists (select from territory.term join territory.office on office.id = term.office_id
					where term.unit_id = unit.id and office.leads and term.ends_at is null)
			order by unit.code, person limit 1`),
	);
	if (!found) return;
	await claim(await as(found.person), {
		unit: found.unit,
		reason:
			'Nous sommes six à nous voir chaque mois. Je peux tenir la page et recevoir les gens qui arrivent.',
	});
}

/** What officers let lie for more than a week, in Yamina's territory: two memberships, a welcome, a report. */
async function forgotten(reporter: Viewer): Promise<void> {
	const waiting = sql`(select attachment.person_id from territory.attachment join people.membership
		on membership.person_id = attachment.person_id and membership.verified_at is not null
		where attachment.unit_id = ${idOf('villebrume')}::uuid and membership.member_number like 'LRC-%'
			and not exists (select from territory.term where term.person_id = attachment.person_id)
		order by attachment.person_id limit 2)`;
	const post = await asSystem('demo', async (tx) => {
		await tx.run(
			sql`update people.membership set verified_at = null, created_at = now() - interval '12 days' where person_id in ${waiting}`,
		);
		await tx.run(sql`update territory.attachment set welcomed_at = null, since = now() - interval '10 days' where person_id in (
			select person_id from territory.attachment as late where late.unit_id = ${idOf('montclairval')}::uuid
				and late.person_id not in (select person_id from territory.term) order by late.person_id desc limit 1)`);
		return tx.one<{
			id: string;
		}>(sql`select post.id from feed.post where post.unit_id = ${idOf('montclairval')}::uuid
			and post.as_unit_id is null and post.audience = 'unit' and post.author_id <> ${reporter.id}::uuid order by post.id limit 1`);
	});
	if (!post) return;
	const { kind, id, author, hostId, unitId } = await said(reporter, 'post', post.id);
	const subject = { kind, id, placeId: post.id, authorId: author.id, hostId, unitId };
	await report(reporter, subject, { reason: 'other', note: '' });
	await asSystem('demo', (tx) =>
		tx.run(
			sql`update safety.report set at = now() - interval '9 days' where report.subject_id = ${post.id}::uuid`,
		),
	);
}
