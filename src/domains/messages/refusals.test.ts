import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, refused, scene } from '#tests/traces.ts';
import { rejoin } from './back.ts';
import { filesMax, peopleMax } from './input.ts';
import { writeLetter } from './letter.ts';
import { befriend, clear, reads, says, writes } from './messages.fixture.ts';
import { SendForm, send } from './send.ts';
import { StartForm, start } from './start.ts';
import { accept, add, leave } from './take-part.ts';

stage();
beforeEach(clear);

const tables = ['messages.conversation', 'messages.message', 'messages.participant', 'messages.letter'];
const why = (work: () => Promise<unknown>) => refused(tables, work);
const crowd = async (n: number, conversation: string) => {
	for (let at = 0; at < n; at++) {
		const id = newId();
		await scene(
			sql`insert into people.person (id, name, folded_name, confirmed_at) values (${id}, 'Passante', 'passante', now())`,
			sql`insert into messages.participant (conversation_id, person_id, state) values (${conversation}, ${id}, 'accepted')`,
		);
	}
};
const sends = async (who: CastName, id: string, text: string) => send(await as(who), id, { text, files: [] });

describe('who writes to somebody who does not know them', () => {
	test('says three things, then waits for an answer; answered, goes on', async () => {
		const id = await writes('odile', 'fanny', 'Bonjour');
		await says('odile', id, 'C’est pour le marché');
		await says('odile', id, 'De samedi');
		expect(await why(() => sends('odile', id, 'Alors ?'))).toBe('Invalid: text messages.wait_for_answer');
		expect(
			await why(async () => start(await as('odile'), { to: [idOf('fanny')], text: 'Alors ?', files: [] })),
		).toBe('Invalid: text messages.wait_for_answer');
		const page = await (await browser('odile')).post(`/messages/${id}?/send`, { text: 'Alors ?' });
		expect(page.status).toBe(422);
		expect(page.html).toMatch(/>Alors \?<\/textarea>/);
		await accept(await as('fanny'), { conversation: id });
		await says('odile', id, 'Merci !');
		expect(await reads('fanny', id)).toEqual(['Bonjour', 'C’est pour le marché', 'De samedi', 'Merci !']);
	});
});

describe('a message', () => {
	test('has words or a file, and four files at most', async () => {
		const id = await writes('odile', 'samuel');
		expect(await why(() => sends('odile', id, ''))).toBe('Invalid: text messages.text_needed');
		const five = Array.from({ length: filesMax + 1 }, (_, n) => new File(['x'], `${n}.txt`));
		expect(faults(SendForm, { text: 'Voici', files: five })).toEqual(['files messages.too_many_files']);
		expect(faults(StartForm, { to: [], text: 'Bonjour' })).toEqual(['to messages.to_needed']);
	});

	test('in a conversation of others, or one that was left, finds nothing', async () => {
		const id = await writes('odile', ['samuel', 'mathis']);
		expect(await why(() => sends('ines', id, 'Coucou'))).toBe('NotFound');
		await leave(await as('mathis'), { conversation: id });
		expect(await why(() => sends('mathis', id, 'Encore moi'))).toMatch(/^(NotFound|Forbidden)$/);
	});
});

describe('a conversation', () => {
	test('holds fifty people: no fifty-first is added, nor chosen at the start', async () => {
		await befriend('odile', 'ines');
		const id = await writes('odile', ['samuel', 'mathis']);
		await crowd(peopleMax - 3, id);
		const more = async () => add(await as('odile'), id, { person: idOf('gerard') });
		expect(await why(more)).toBe('Invalid: person messages.too_many_people');
		const many = Array.from({ length: peopleMax }, newId);
		expect(faults(StartForm, { to: many, text: 'Bonjour' })).toEqual(['to messages.too_many_people']);
	});

	test('that filled while one was gone is not come back into; a place free again, it is', async () => {
		const id = await writes('odile', ['samuel', 'mathis']);
		await leave(await as('mathis'), { conversation: id });
		await crowd(peopleMax - 2, id);
		const back = async () => rejoin(await as('mathis'), { conversation: id });
		expect(await why(back)).toBe('Conflict: messages.too_many_people');
		await leave(await as('samuel'), { conversation: id });
		await back();
		expect(await reads('mathis', id)).toContain('Bonjour');
	});

	test('is joined by nobody twice, and by nobody whom its people may not know', async () => {
		const id = await writes('odile', ['samuel', 'mathis']);
		const adds = (person: string) => why(async () => add(await as('odile'), id, { person }));
		expect(await adds(idOf('mathis'))).toBe('Invalid: person messages.already_there');
		expect(await adds(newId())).toBe('NotFound');
	});
});

test('a letter to a place where nobody else is does not leave, and the words stay on the page', async () => {
	await scene(
		sql`insert into territory.unit (id, kind_id, parent_id, ancestors, code, slug, name, folded_name)
			select ${idOf('nobody-there')}, kind_id, parent_id, array_append(ancestors[1:cardinality(ancestors) - 1], ${idOf('nobody-there')}::uuid), 'S0199', 'section-vide', 'Section vide', 'section vide'
			from territory.unit where id = ${idOf('castelmauve')}`,
	);
	expect(
		await why(async () => writeLetter(await as('yamina'), idOf('nobody-there'), { text: 'Réunion jeudi' })),
	).toBe('Invalid: text messages.unit_empty');
	expect(
		await why(async () => writeLetter(await as('odile'), idOf('villebrume'), { text: 'Coucou' })),
	).toMatch(/^(NotFound|Forbidden)$/);
});
