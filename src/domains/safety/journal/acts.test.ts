import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { record } from '#platform/audit.ts';
import { asSystem } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { wording } from '#platform/wording/index.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { actInWords } from './acts.ts';

stage();

/** Those made of two parts at the time they are written. */
const composed = [
	...['profile', 'email', 'phone'].map((what) => `profiles.open_${what}`),
	...['accept', 'refuse'].map((answer) => `imports.proposal_${answer}`),
	...['grant', 'refuse'].map((answer) => `territory.claim_${answer}`),
	...['open', 'close', 'withdraw', 'resume'].map((turn) => `electoral-map.tally_${turn}`),
	...['choose_lexicon', 'edit_clock', 'edit_colour', 'edit_logo', 'edit_name', 'edit_voice', 'edit_ways'].map(
		(act) => `admin.${act}`,
	),
	...['edit_word', 'remove_logo', 'reset_word'].map((act) => `admin.${act}`),
	...['attend', 'cancel', 'change', 'close'].map((act) => `missions.${act}`),
	...['edit', 'pause', 'remove', 'resume'].map((act) => `webhooks.${act}`),
];

/** Every act that a source writes in the journal, whole or through a domain's own short way of noting. */
function actsWritten(): string[] {
	const found = new Set<string>();
	for (const path of globSync('src/**/*.ts', { exclude: (name) => /\.(?:test|fixture)\.ts$/.test(name) })) {
		const text = readFileSync(path, 'utf8');
		if (
			!/\brecord\(|record\b.*audit|\bchange\(viewer|noted\(|actOf\(|recordAct\(|\bnote\(|noteSubject\(/.test(
				text,
			)
		)
			continue;
		const [, domain = ''] = /src\/domains\/([a-z-]+)\//.exec(path) ?? [];
		for (const [, whole] of text.matchAll(/(?:\bact\b|\bnote\()[^\n]*?'([a-z-]+\.[a-z_]+)'/g))
			found.add(whole!);
		for (const [, verb] of text.matchAll(
			/\b(?:actOf|noted|noteSubject|log|recordAct|note)\((?:tx, viewer, )?'([a-z_]+)'/g,
		))
			found.add(`${domain}.${verb}`);
	}
	for (const made of composed) found.add(made);
	return [...found].toSorted();
}

test('every act that may be written is said in words, in both languages', async () => {
	const acts = actsWritten();
	expect(acts.length).toBeGreaterThan(70);
	for (const language of ['fr', 'en'] as const) {
		const { say } = wording(await house(), undefined, language);
		expect(acts.filter((act) => actInWords(say, act) === act)).toEqual([]);
	}
});

test('the journal reads as sentences: who, what, on whom and where; an act nobody knows any more stays as it was written', async () => {
	const on = { subject: 'person', subjectId: idOf('tidiane'), unitId: idOf('pontsarvan') };
	await asSystem('test', async (tx) => {
		await record(tx, { actorId: idOf('fanny'), act: 'territory.appoint', ...on });
		await record(tx, { actorId: idOf('bertrand'), act: 'admin.edit_voice', subject: 'setting' });
		await record(tx, { actorId: null, act: 'former.act' });
	});
	const { html } = await (await browser('bertrand')).get('/administration/journal');
	const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) =>
		[...row!.matchAll(/<td>(.*?)<\/td>/gs)]
			.map(([, cell]) => cell!.replaceAll(/<[^>]*>/g, '').trim())
			.join('|'),
	);
	expect(rows).toContainEqual(
		expect.stringMatching(/^Fanny [^|]+\|a nommé\|Tidiane Solvignac · Section [^|]+\|$/),
	);
	expect(rows).toContainEqual(expect.stringMatching(/^Bertrand Quéméraud\|a changé la façon de parler\|\|$/));
	expect(rows).toContainEqual(expect.stringMatching(/\|former\.act\|\|$/));
});
