import { expect, test } from 'vitest';
import { house, wordsOf } from '#platform/house.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { bring, send } from './imports.fixture.ts';
import {
	chooseColumns,
	decideProposal,
	doubtfulLines,
	drop,
	errorFile,
	fixAll,
	fixLine,
	keepColumns,
	launch,
	layChoices,
	layTerritory,
	mapValues,
	openProposals,
	preview,
	problemsOf,
	showImport,
	undo,
} from './index.ts';

stage();

const text =
	'Matricule;Nom;Prénom;Courriel;Section\nR1;Dupuy;Rose;rose@rive.example;Villebrume\nR2;Dupuy;Paul;paul@rive.example;Port-Brumel\n';

test('every verb answers that nothing is there to whoever did not send the file, whatever their office', async () => {
	const yamina = await as('yamina');
	const id = await send(yamina, text);
	const words = wordsOf(await house());
	for (const name of ['odile', 'samuel', 'driss', 'sabrina', 'bertrand', 'gerard', 'visitor'] as const) {
		const other = await as(name);
		const tries = [
			showImport(other, id),
			chooseColumns(other, id, []),
			keepColumns(other, id, []),
			problemsOf(other, id),
			preview(other, id),
			doubtfulLines(other, id, { code: null, after: 0 }),
			fixAll(other, id, { code: 'email_typo' }),
			fixLine(other, id, { line: 2, column: [], cells: [] }),
			mapValues(other, id, { key: [] }),
			launch(other, id, {}),
			undo(other, id),
			drop(other, id),
			errorFile(other, id, words),
		];
		expect(await Promise.all(tries.map((one) => outcome<unknown>(one)))).toEqual(tries.map(() => 'NotFound'));
	}
	expect((await showImport(yamina, id)).state).toBe('checked');
});

test('an officer who lost the second factor of the day reaches nothing of theirs', async () => {
	const id = await send(await as('yamina'), text);
	const tired = await as('yamina', { factor: false });
	expect(
		await Promise.all(
			[showImport(tired, id), launch(tired, id, {}), drop(tired, id)].map((one) => outcome<unknown>(one)),
		),
	).toEqual(['NotFound', 'NotFound', 'NotFound']);
});

test('proposals are shown to and decided by officers of that territory only; the whole territory is laid from the root only', async () => {
	await bring(await as('yamina'), text);
	const [open] = await openProposals(await as('driss'));
	// The list of another place, or of the place itself: who answers for it decides too.
	expect((await openProposals(await as('fanny'))).map(({ id }) => id)).toEqual([open!.id]);
	for (const name of ['odile', 'samuel', 'yamina', 'leontine', 'visitor'] as const) {
		const other = await as(name);
		expect(await openProposals(other)).toEqual([]);
		expect(await outcome(decideProposal(other, { id: open!.id, answer: 'accept' }))).toBe('NotFound');
		expect(await outcome(layChoices(other))).toBe('NotFound');
		expect(await outcome(layTerritory(other, { region: 'region', department: 'federation' }))).toBe(
			'NotFound',
		);
	}
	expect(await outcome(decideProposal(await as('driss'), { id: idOf('nothing'), answer: 'accept' }))).toBe(
		'NotFound',
	);
});
