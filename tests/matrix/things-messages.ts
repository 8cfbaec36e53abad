import { sealFor } from '#domains/messages/sealed.ts';
import type { Tx } from '#platform/db.ts';
import { keepFile, takeIn } from '#platform/files/keep.ts';
import { list, sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';

type State = 'accepted' | 'request' | 'refused';

/** Conversations in each state: two people, several of whom one just left, one left before and one came later, a request that waits and one refused; a letter. */
export async function putMessages(tx: Tx) {
	const pair = await open(tx, 'pair', { odile: 'accepted', samuel: 'accepted' });
	const several = await open(tx, 'several', {
		odile: 'accepted',
		mathis: 'accepted',
		ines: 'accepted',
		tidiane: 'accepted',
		gerard: 'accepted',
	});
	const request = await open(tx, 'request', { odile: 'accepted', fanny: 'request' });
	const refused = await open(tx, 'refused', { odile: 'accepted', noemie: 'refused' });
	await tx.run(sql`update messages.participant set left_at = now() + interval '1 day'
		where conversation_id = ${several}::uuid and person_id = ${idOf('ines')}::uuid`);
	await tx.run(sql`update messages.participant set left_at = now() - interval '1 hour'
		where conversation_id = ${several}::uuid and person_id = ${idOf('gerard')}::uuid`);
	for (const gone of ['ines', 'gerard'] as const)
		await tx.run(
			sql`update messages.conversation set readers = array_remove(readers, ${idOf(gone)}::uuid) where id = ${several}::uuid`,
		);
	await tx.run(sql`update messages.participant set first_number = 2
		where conversation_id = ${several}::uuid and person_id = ${idOf('tidiane')}::uuid`);
	const message = {
		pair: await say(tx, pair, 'odile', 'pair', 1),
		several: await say(tx, several, 'mathis', 'several', 1),
		request: await say(tx, request, 'odile', 'request', 1),
		refused: await say(tx, refused, 'odile', 'refused', 1),
	};
	const letter = idOf('matrix letter');
	await tx.run(sql`insert into messages.letter (id, unit_id, by_id, sealed, people, finished_at)
		values (${letter}, ${idOf('villebrume')}, ${idOf('samuel')}, ${sealFor(letter, 'canary-letter')}, 4, now())`);
	return {
		conversation: { pair, several, request, refused },
		message: { ...message, file: await attach(tx, message.pair) },
		exhibit: await report(tx, several, message.several),
	};
}

async function open(tx: Tx, name: string, people: Partial<Record<CastName, State>>): Promise<string> {
	const id = idOf(`matrix conversation ${name}`);
	const names = Object.keys(people) as CastName[];
	const [low, high] = names.length === 2 ? names.map(idOf).toSorted() : [null, null];
	await tx.run(sql`insert into messages.conversation (id, kind, low, high, readers, last_number)
		values (${id}, ${low ? 'pair' : 'several'}, ${low}::uuid, ${high}::uuid, ${list(names.map(idOf), 'uuid')}, 1)`);
	for (const person of names)
		await tx.run(sql`insert into messages.participant (conversation_id, person_id, state, added_by)
			values (${id}, ${idOf(person)}, ${people[person]}, ${idOf('odile')})`);
	return id;
}

// Said a day ahead: what can be corrected for five minutes can be for the whole run.
async function say(
	tx: Tx,
	conversation: string,
	by: CastName,
	name: string,
	number: number,
): Promise<string> {
	const id = idOf(`matrix message ${name}`);
	await tx.run(sql`insert into messages.message (id, conversation_id, number, author_id, sealed, sent_at)
		values (${id}, ${conversation}, ${number}, ${idOf(by)}, ${sealFor(id, `canary-message-${name}`)}, now() + interval '1 day')`);
	return id;
}

async function attach(tx: Tx, messageId: string): Promise<string> {
	const upload = await takeIn(new File(['canary-message-file'], 'plan.txt', { type: 'text/plain' }));
	const id = await keepFile(tx, upload, {
		ownerId: idOf('odile'),
		holder: 'messages.message',
		holderId: messageId,
	});
	await tx.run(
		sql`insert into messages.attachment (message_id, position, file_id) values (${messageId}, 0, ${id})`,
	);
	return id;
}

/** Odile showed Mathis's words to the moderators of the section. */
async function report(tx: Tx, conversation: string, messageId: string): Promise<string> {
	const id = idOf('matrix exhibit');
	const words = [{ author: 'Mathis', text: 'canary-exhibit', at: new Date().toISOString(), reported: true }];
	await tx.run(sql`insert into messages.exhibit (id, message_id, reporter_id, sealed)
		values (${id}, ${messageId}, ${idOf('odile')}, ${sealFor(id, JSON.stringify(words))})`);
	await tx.run(sql`insert into safety.report (id, reporter_id, kind, subject_id, place_id, author_id, host_id, unit_id, reason)
		values (${idOf('matrix message report')}, ${idOf('odile')}, 'message', ${messageId}, ${conversation}, ${idOf('mathis')}, ${idOf('mathis')},
			${idOf('villebrume')}, 'attack')`);
	return id;
}
