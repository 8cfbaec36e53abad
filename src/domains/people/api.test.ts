import { beforeEach, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { stage } from '#tests/stage.ts';
import { refused, scene, told } from '#tests/traces.ts';

stage();
beforeEach(() => scene(sql`delete from people.consent`));

const tables = ['people.person', 'people.consent'];
const me = (who: CastName) => program<{ name: string; language: string }>('GET /me', who);

test('a program changes its person’s name and how pages are drawn for them, and nobody else’s', async () => {
	const before = await me('mathis');
	await program('PUT /me/name', 'odile', {}, { name: 'Odile Fabre' });
	const display = { language: 'en', text_size: '130', colour_mode: 'dark' };
	expect(await program('PUT /me/display', 'odile', {}, { ...display, low_data: true })).toEqual({
		...display,
		text_size: 130,
		low_data: true,
	});
	expect(await program('PUT /me/display', 'odile', {}, display)).toMatchObject({ low_data: false });
	expect([await me('odile'), await me('mathis')]).toMatchObject([
		{ name: 'Odile Fabre', language: 'en' },
		before,
	]);
});

test.each<[string, string, object, RegExp]>([
	['no name', 'name', { name: ' ' }, /^Invalid: name /],
	['a name as long as a page', 'name', { name: 'Odile '.repeat(200) }, /^Invalid: name /],
	['a language that is none', 'display', { language: 'de' }, /^Invalid: language /],
	['another’s name', 'name', { name: 'Odile', id: idOf('mathis') }, /^Invalid: id /],
])('%s is refused at its field', async (_, what, input, problem) => {
	expect(await refused(tables, () => program(`PUT /me/${what}`, 'odile', {}, input))).toMatch(problem);
});

test('what one agreed to is read and taken back by oneself alone', async () => {
	await scene(sql`insert into people.consent (id, person_id, purpose, text_version, proof)
		values (${newId()}, ${idOf('odile')}, 'newsletter', '1', 'form')`);
	const agreed = async (who: CastName) =>
		(await program<{ items: { purpose: string; withdrawn_at: string | null }[] }>('GET /me/consents', who))
			.items;
	expect([await agreed('odile'), await agreed('mathis')]).toMatchObject([
		[{ purpose: 'newsletter', withdrawn_at: null }],
		[],
	]);
	const back = (who: CastName) => program('DELETE /me/consents/[purpose]', who, { purpose: 'newsletter' });
	expect(await refused(tables, () => back('mathis'))).toBe('NotFound');
	await back('odile');
	expect((await agreed('odile'))[0]!.withdrawn_at).not.toBeNull();
	expect(await told(back('odile'))).toBe('NotFound');
});
