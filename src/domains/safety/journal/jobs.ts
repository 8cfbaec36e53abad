import { contactOf } from '#domains/people/index.ts';
import { keepAnchor } from '#platform/audit.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import type { JobDefinition } from '#platform/jobs.ts';
import { sendMail } from '#platform/mail/queue.ts';
import { sql } from '#platform/sql.ts';

interface Head {
	seq: string;
	hash: string;
}

/** How many officers receive the head: one who tampers would need the mailboxes of all. */
const witnesses = 2;

/**
 * Sends the head of the journal outside, to two officers who may read it: cutting its tail then shows. Nothing new, nothing sent.
 * Gives how many received it.
 */
export async function anchorJournal(): Promise<number> {
	return asSystem('anchor', async (tx) => {
		const head = await tx.one<Head>(
			sql`select entry.seq::text, entry.hash from audit.entry order by entry.seq desc limit 1`,
		);
		const sent =
			head && (await tx.one(sql`select 1 as sent from audit.anchor where seq = ${head.seq}::bigint`));
		if (!head || sent) return 0;
		const officers = await tx.many<{ person_id: string }>(sql`
			select held_power.person_id, min(cardinality(unit.ancestors)) as height
			from territory.held_power join territory.unit on unit.id = held_power.unit_id
			join people.person on person.id = held_power.person_id and person.erased_at is null
			where held_power.power = 'audit.read' and not held_power.lent
			group by held_power.person_id order by height, held_power.person_id limit ${witnesses}`);
		for (const { person_id } of officers) await send(tx, person_id, head);
		return officers.length;
	});
}

async function send(tx: Tx, personId: string, { seq, hash }: Head): Promise<void> {
	const to = await contactOf(tx, personId);
	if (!to) return;
	const { say } = wordsOf(await house(), to.language);
	await sendMail(tx, {
		to: to.email,
		personId,
		kind: 'audit.anchor',
		language: to.language,
		subject: say('safety.anchor_subject', { seq }),
		paragraphs: [say('safety.anchor_text'), JSON.stringify({ seq: Number(seq), hash })],
	});
	await keepAnchor(tx, { seq, hash, sentTo: personId });
}

export const jobs: JobDefinition<never>[] = [
	{
		name: 'audit.anchor',
		policy: 'house',
		every: '7 * * * *',
		work: async () => void (await anchorJournal()),
	} as JobDefinition<never>,
];
