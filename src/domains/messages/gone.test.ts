import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { erase } from '#platform/privacy/index.ts';
import { sql } from '#platform/sql.ts';
import { domains } from '#registry.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { keep, thread } from './index.ts';
import { clear, house, reads, says, writes } from './messages.fixture.ts';
import { privacy } from './privacy.ts';

stage();
beforeEach(clear);

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const retain = (days: number, dry = false) =>
	asSystem('test', (tx) => privacy.retain!(tx, inDays(days), dry));
const note = (text: string) => new File([text], 'note.txt', { type: 'text/plain' });

test('words go after twelve months, or thirty days where people chose so; their files with them', async () => {
	const long = await writes('odile', 'samuel', 'Long', [note('a')]);
	const short = await writes('odile', 'mathis', 'Court', [note('b')]);
	await keep(await as('mathis'), { conversation: short, days: '30' });
	expect((await retain(31, true))['messages.message']).toBe(2);
	expect((await retain(29))['messages.message']).toBe(0);
	expect((await retain(31))['messages.message']).toBe(2);
	expect([await reads('odile', long), await reads('odile', short)]).toEqual([['Long'], []]);
	expect(await house(sql`select name from platform.file where holder = 'messages.message'`)).toHaveLength(1);
	expect((await retain(366))['messages.message']).toBe(1);
	expect(await outcome(thread(await as('odile'), long))).toBe('NotFound');
	expect(await house(sql`select name from platform.file where holder = 'messages.message'`)).toEqual([]);
});

test('what one wrote is in one’s own copy, opened; what others wrote is not', async () => {
	const id = await writes('odile', 'samuel', 'De moi');
	await says('samuel', id, 'De lui');
	const all = JSON.stringify(await asSystem('test', (tx) => privacy.gather(tx, idOf('odile'))));
	expect(all).toContain('De moi');
	expect(all).not.toContain('De lui');
});

test('removed, the files of a message are gone', async () => {
	const id = await writes('odile', 'samuel', 'Voici', [note('secret')]);
	const { messages } = await thread(await as('samuel'), id);
	expect(messages[0]!.files).toMatchObject([{ name: 'note.txt', state: 'ready' }]);
	const { remove } = await import('./index.ts');
	await remove(await as('odile'), { id: messages[0]!.id });
	await drainJobs();
	expect(await house(sql`select id from platform.file where holder = 'messages.message'`)).toEqual([]);
});

test('erased, somebody leaves their words to the others, without a name', async () => {
	const id = await writes('noemie', 'yamina', 'Bonjour');
	const { accept } = await import('./index.ts');
	await accept(await as('yamina'), { conversation: id });
	await says('yamina', id, 'Oui');
	await drainJobs();
	await erase(domains, idOf('noemie'));
	const left = await thread(await as('yamina'), id);
	expect(left.messages.map(({ author, text }) => [author.name, text])).toEqual([
		[null, 'Bonjour'],
		['Yamina Belkassaud', 'Oui'],
	]);
	expect(JSON.stringify(left)).not.toContain('Noémie');
});
