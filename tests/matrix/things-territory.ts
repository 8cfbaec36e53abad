import { record } from '#platform/audit.ts';
import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';

/** A closed unit, a claim, handovers, a loan, an invitation, and an office that keeps settings of one section only. */
export async function putOffices(tx: Tx) {
	const kind = (await tx.one<{ id: string; leader: string; treasurer: string }>(sql`
		select unit_kind.id, (select office.id from territory.office where office.kind_id = unit_kind.id and office.leads) as leader,
			(select office.id from territory.office where office.kind_id = unit_kind.id and office.key = 'treasurer') as treasurer
		from territory.unit_kind where unit_kind.key = 'section'`))!;
	for (const unit of ['villebrume', 'pontsarvan'] as const) {
		await record(tx, {
			actorId: idOf('yamina'),
			act: 'matrix',
			subject: 'unit',
			unitId: idOf(unit),
			reason: `canary-journal-${unit}`,
		});
	}
	return {
		kind,
		closed: await closed(tx, kind.id),
		...(await quiet(tx)),
		keeper: await keeper(tx, kind.id),
		claim: await claim(tx, kind.leader),
		handover: {
			proposed: await handover(tx, 'samuel', 'odile', 'villebrume'),
			accepted: await handover(tx, 'fanny', 'tidiane', 'pontsarvan', true),
		},
		loan: await loan(tx),
		invitation: await invitation(tx),
	};
}

async function closed(tx: Tx, kindId: string): Promise<string> {
	const id = idOf('matrix closed');
	const above = ['national', 'orsande', 'valdorsande'].map(idOf);
	await tx.run(sql`insert into territory.unit (id, kind_id, parent_id, ancestors, slug, name, folded_name, closed_at, public_text)
		values (${id}, ${kindId}, ${idOf('valdorsande')}, ${list([...above, id], 'uuid')}, 'section-close', 'Section canary-closed', 'section canary-closed', now(), 'canary-closed-text')`);
	await tx.run(
		sql`update territory.unit set members_text = 'canary-members-text' where unit.id = ${idOf('villebrume')}`,
	);
	return id;
}

/** Port-Brumel is old, and nobody speaks there; somebody came once and no more. */
async function quiet(tx: Tx): Promise<{ once: string }> {
	const [once, unit] = [idOf('matrix once'), idOf('pontsarvan')];
	await tx.run(
		sql`update territory.unit set created_at = now() - interval '100 days' where unit.id = ${unit}`,
	);
	await tx.run(sql`insert into people.person (id, name, folded_name, confirmed_at, seen_on)
		values (${once}, 'Zélie Unefois', 'zelie unefois', now() - interval '30 days', current_date - 30)`);
	await tx.run(sql`insert into territory.attachment (id, person_id, unit_id, since, welcomed_at)
		values (${idOf('matrix once attachment')}, ${once}, ${unit}, now() - interval '30 days', now())`);
	return { once };
}

/** Tidiane keeps the settings, levels, gates and journal of one section: the pages of the whole organisation are not for him. */
async function keeper(tx: Tx, kindId: string): Promise<string> {
	const id = idOf('matrix keeper');
	const name = JSON.stringify({
		fr: {
			one_f: 'gardienne',
			one_m: 'gardien',
			one_n: '',
			many_f: 'gardiennes',
			many_m: 'gardiens',
			many_n: '',
			gender: 'n',
		},
		en: { one: 'keeper', many: 'keepers' },
	});
	await tx.run(sql`insert into territory.office (id, kind_id, key, name, powers)
		values (${id}, ${kindId}, 'keeper', ${name}::jsonb, '{settings.edit,kinds.edit,gates.edit,audit.read}')`);
	await tx.run(sql`insert into territory.term (id, person_id, unit_id, office_id, starts_at)
		values (${idOf('tidiane term')}, ${idOf('tidiane')}, ${idOf('pontsarvan')}, ${id}, '2025-02-01')`);
	return id;
}

async function claim(tx: Tx, officeId: string): Promise<string> {
	const id = idOf('matrix claim');
	await tx.run(sql`insert into territory.claim (id, unit_id, office_id, person_id, reason)
		values (${id}, ${idOf('castelmauve')}, ${officeId}, ${idOf('noemie')}, 'canary-claim-reason')`);
	return id;
}

async function handover(
	tx: Tx,
	from: 'samuel' | 'fanny',
	to: 'odile' | 'tidiane',
	unit: 'villebrume' | 'pontsarvan',
	accepted = false,
): Promise<string> {
	const id = idOf(`matrix handover ${from}`);
	await tx.run(sql`insert into territory.handover (id, term_id, from_id, to_id, unit_id, note, accepted_at)
		values (${id}, ${idOf(`${from} term`)}, ${idOf(from)}, ${idOf(to)}, ${idOf(unit)}, ${`canary-handover-${from}`}, ${accepted ? new Date() : null}::timestamptz)`);
	return id;
}

async function loan(tx: Tx): Promise<string> {
	const id = idOf('matrix loan');
	await tx.run(sql`insert into territory.loan (id, lender_id, borrower_id, unit_id, powers, ends_at)
		values (${id}, ${idOf('yamina')}, ${idOf('noemie')}, ${idOf('castelmauve')}, '{unit.edit}', now() + interval '5 days')`);
	return id;
}

async function invitation(tx: Tx): Promise<string> {
	const id = idOf('matrix invitation');
	await tx.run(sql`insert into territory.invitation (id, inviter_id, unit_id, code, expires_at)
		values (${id}, ${idOf('odile')}, ${idOf('villebrume')}, 'canaryinvite', now() + interval '9 days')`);
	return id;
}
