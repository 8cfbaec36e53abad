import { expect, test } from 'vitest';
import type { Catalogues } from './catalogues.ts';
import { checkCatalogues, duplicateKeys, type ProblemKind } from './check.ts';
import { lexicons } from './lexicons.ts';

const good: Catalogues = {
	fr: {
		'ok.plain': 'Choisis ta ville.',
		'ok.slots': 'Écris à {friend_a}, ou {n, plural, one {# {member_one}} other {# {member_many}}}.',
		'ok.same': "{at, date, ago} : {kind, select, a {l'un} other {l'autre}}",
		'groups.people': 'Les membres du groupe',
		'two-words.plain': 'Une carte',
	},
	'fr-vous': {
		'ok.plain': 'Choisissez votre ville.',
		'ok.slots': 'Écrivez à {friend_a}, ou {n, plural, one {# {member_one}} other {# {member_many}}}.',
	},
	en: {
		'ok.plain': 'Choose your “commune de résidence”.',
		'ok.slots': 'Write to {friend_a}, or {n, plural, one {# {member_one}} other {# {member_many}}}.',
		'ok.same': '{at, date, ago}: {kind, select, a {one} other {another}}',
		'groups.people': 'Members of the group',
		'two-words.plain': 'A map',
	},
};

type Planted = { fr?: string; vous?: string; en?: string; key?: string };

function problemsOf({ fr, vous, en, key = 'bad.x' }: Planted): ProblemKind[] {
	const planted: Catalogues = {
		fr: { ...good.fr, ...(fr !== undefined && { [key]: fr }) },
		'fr-vous': { ...good['fr-vous'], ...(vous !== undefined && { [key]: vous }) },
		en: { ...good.en, ...(en !== undefined && { [key]: en }) },
	};
	return checkCatalogues(planted, lexicons).map((problem) => problem.kind);
}

const friend = String(lexicons.coopol.friend?.fr.many_f);
const member = String(lexicons.union.member?.en.many);

test('good catalogues have no problem', () => expect(checkCatalogues(good, lexicons)).toEqual([]));

test.each<[ProblemKind, Planted]>([
	['missing', { fr: 'Seul' }],
	['missing', { en: 'Alone' }],
	['orphan', { vous: 'Seul' }],
	['bad_key', { fr: 'Un', en: 'One', key: 'Bad.Key' }],
	['bad_key', { fr: 'Un', en: 'One', key: 'bad' }],
	['bad_key', { fr: 'Un', en: 'One', key: 'bad-.x' }],
	['empty', { fr: ' ', en: 'One' }],
	['unparsable', { fr: 'Un {n', en: 'One' }],
	['unparsable', { fr: '{n, plural, one {un}}', en: '{n, plural, one {one} other {two}}' }],
	['unknown_slot', { fr: 'À {frend_many}', en: 'To {frend_many}' }],
	['article_before_slot', { fr: "L'{member_one}", en: '{Member_the}' }],
	['article_before_slot', { fr: 'Plus de {member_many}', en: 'More {member_many}' }],
	['other_arguments', { fr: 'À {ville}', en: 'To {town}' }],
	['hard_coded_word', { fr: `Tes ${friend} sont là`, en: 'They are here' }],
	['hard_coded_word', { fr: 'Ils sont là', en: `The ${member} are here` }],
	['leftover', { fr: 'Voici undefined', en: 'This' }],
	['tu_in_vous', { fr: 'Ouvre ta page', en: 'Open the page' }],
	['tu_in_vous', { fr: "On t'attend", en: 'You are awaited' }],
	['tu_in_vous', { fr: 'Ce sera fait. Choisis une ville.', en: 'Choose a town' }],
	['tu_in_vous', { fr: 'Le veux-tu ?', vous: 'Le veux-tu ?', en: 'Will you?' }],
	[
		'tu_in_vous',
		{ fr: '{n, plural, one {Un} other {Les tiens, toi}}', en: '{n, plural, one {One} other {Yours}}' },
	],
	['french_in_english', { fr: 'Voir la carte', en: 'Voir la carte' }],
	['french_in_english', { fr: 'Événement', en: 'Événement' }],
])('%s is seen: %o', (kind, planted) => {
	expect(problemsOf(planted)).toContain(kind);
});

test('two files may not own the same key', () => {
	const files = ['a', 'b'].map((path) => ({ path, catalogue: 'fr' as const, messages: { 'a.b': 'x' } }));
	expect(duplicateKeys(files).map((problem) => problem.kind)).toEqual(['duplicate']);
});
