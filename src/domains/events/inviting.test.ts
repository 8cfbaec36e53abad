import { expect, test } from 'vitest';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { outcome, stage } from '#tests/stage.ts';
import { planned } from './stage.fixture.ts';

stage();

test('a program invites one person, who then sees the event; only who organises does', async () => {
	const id = await planned({ visibility: 'invited' });
	const sees = (who: CastName) => outcome(program('GET /events/[id]', who, { id }));
	const invite = (who: CastName, person: string) =>
		program('POST /events/[id]/invitations', who, { id }, { person });
	expect(await sees('fanny')).toBe('NotFound');
	expect(await outcome(invite('fanny', idOf('fanny')))).toBe('NotFound');
	await invite('samuel', idOf('fanny'));
	await invite('samuel', idOf('fanny'));
	expect(await sees('fanny')).toMatchObject({ id });
	expect(await sees('ines')).toBe('NotFound');
	expect(await outcome(invite('fanny', idOf('ines')))).toBe('Forbidden');
	expect(await outcome(invite('samuel', idOf('nobody at all')))).toBe('NotFound');
});
