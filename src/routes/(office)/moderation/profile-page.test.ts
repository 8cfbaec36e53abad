import { beforeEach, expect, test } from 'vitest';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { journal, refused, scene } from '#tests/traces.ts';

stage();

beforeEach(() =>
	scene(
		...['appeal', 'hidden', 'review', 'report', 'decision'].map(
			(one) => sql`delete from ${sql.ref(`safety.${one}`)}`,
		),
		sql`delete from platform.bucket`,
		sql`delete from people.suspension where person_id = ${idOf('mathis')}`,
		sql`update people.person set created_at = '2025-01-01'`,
	),
);
const mathis = idOf('mathis');
const at = `/moderation/cas/profile/${mathis}`;
const report = async (who: CastName = 'odile', more: Record<string, string> = {}) =>
	(await browser(who)).post(`/securite/signaler?kind=profile&id=${mathis}&/report`, {
		...{ kind: 'profile', id: mathis, reason: 'attack', note: 'Sa photo' },
		...more,
	});
const decide = async (more: Record<string, string>, who: CastName = 'samuel') =>
	(await browser(who)).post(`${at}?/decide`, {
		rule: 'attack',
		note: 'Change ta photo.',
		days: '7',
		...more,
	});

test('a profile is not hidden: the form offers no such thing, and sending it says why', async () => {
	await report();
	const page = await (await browser('samuel')).get(at);
	expect(page.main).toContain('Mathis Lanoëz');
	expect(page.html).not.toContain('value="hide"');
	const why = await refused(['safety.decision', 'safety.hidden'], async () => {
		const sent = await decide({ outcome: 'hide' });
		expect(sent.form!.problems).toEqual(['outcome safety.profile_not_hidden']);
		expect(sent.field('note')).toContain('Change ta photo.');
	});
	expect(why).toBe('done');
});

test('its person may be warned or suspended for it, is told with the words of the decision, and the case is closed', async () => {
	await report();
	const done = await decide({ outcome: 'suspend' });
	expect(done.to).toBe('/moderation');
	expect((await journal('safety.decide')).at(-1)).toMatchObject({ actor: idOf('samuel') });
	expect((await (await browser('samuel')).get(at)).status).toBe(404);
	expect((await (await browser('odile')).get(`/personnes/${mathis}`)).status).toBe(200);
});

test('each missing word of a decision is said at its field', async () => {
	await report();
	const cases: [Record<string, string>, string][] = [
		[{ outcome: '' }, 'outcome safety.outcome_needed'],
		[{ outcome: 'burn' }, 'outcome safety.outcome_needed'],
		[{ outcome: 'suspend', rule: '' }, 'rule safety.rule_needed'],
		[{ outcome: 'suspend', days: '8' }, 'days safety.days_needed'],
		[{ outcome: 'suspend', note: 'a'.repeat(2001) }, 'note safety.note_too_long'],
	];
	const why = await refused(['safety.decision', 'people.suspension'], async () => {
		for (const [wrong, problem] of cases) expect((await decide(wrong)).form!.problems).toEqual([problem]);
	});
	expect(why).toBe('done');
});

test('who moderates elsewhere, or nowhere, finds no case; who is reported judges nobody', async () => {
	await report();
	for (const name of ['odile', 'ines', 'fanny', 'driss', 'leontine', 'mathis'] as const) {
		const who = await browser(name);
		expect([name, (await who.get(at)).status, (await decide({ outcome: 'suspend' }, name)).status]).toEqual([
			name,
			404,
			404,
		]);
	}
	expect((await (await browser('yamina')).get(at)).status).toBe(200);
});
