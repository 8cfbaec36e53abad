import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { listeners } from './listen.ts';
import { notices } from './read.ts';
import { sentenceOf } from './sentence.ts';

stage();

beforeEach(async () => {
	await asSystem('test', async (tx) => {
		await tx.run(sql`delete from notices.notice`);
		await tx.run(sql`delete from friends.link`);
	});
});

const happens = async (event: string, payload: object) => {
	for (const { hear } of listeners.filter(({ to }) => to === event)) await hear(payload as never);
};
/** Who has a line, though their rights may hide it; by name. */
const written = async (): Promise<string[]> => {
	const rows = await asSystem('test', (tx) =>
		tx.many<{ person_id: string }>(sql`select distinct person_id from notices.notice`),
	);
	return (Object.keys(cast) as CastName[])
		.filter((name) => rows.some(({ person_id }) => person_id === idOf(name)))
		.toSorted();
};
const lines = async (name: CastName) => {
	const words = wordsOf(await house());
	const { fresh } = await notices(await as(name));
	return fresh.map((one) => [sentenceOf(words, one).replace(/[\u00a0\u202f]/g, ' '), one.href]);
};

const [odile, mathis, samuel, villebrume] = ['odile', 'mathis', 'samuel', 'villebrume'].map(idOf);
const thing = idOf('a thing');
const unit = `/unites/${villebrume}`;

describe('one person is told, in words, and led there; nobody else', () => {
	test.each<[string, object, CastName, string, string]>([
		[
			'territory.welcomed',
			{ personId: odile, byId: samuel, unitId: villebrume },
			'odile',
			'Samuel Oudraine te souhaite la bienvenue : Section de Villebrume.',
			unit,
		],
		[
			'territory.member_confirmed',
			{ personId: odile, byId: samuel, unitId: villebrume },
			'odile',
			'Samuel Oudraine a confirmé ton appartenance : Section de Villebrume.',
			unit,
		],
		[
			'territory.term_started',
			{ personId: odile, unitId: villebrume, termId: thing },
			'odile',
			'Ton mandat commence : Section de Villebrume.',
			unit,
		],
		[
			'territory.term_ended',
			{ personId: odile, unitId: villebrume, termId: thing },
			'odile',
			'Ton mandat est terminé : Section de Villebrume.',
			unit,
		],
		[
			'territory.claim_decided',
			{ personId: odile, unitId: villebrume, claimId: thing, outcome: 'granted' },
			'odile',
			'Ta proposition est acceptée : Section de Villebrume.',
			unit,
		],
		[
			'territory.claim_decided',
			{ personId: odile, unitId: villebrume, claimId: thing, outcome: 'stands' },
			'odile',
			'Ta proposition vaut en attendant : Section de Villebrume.',
			unit,
		],
		[
			'territory.claim_decided',
			{ personId: odile, unitId: villebrume, claimId: thing, outcome: 'refused' },
			'odile',
			'Ta proposition n’est pas retenue : Section de Villebrume.',
			unit,
		],
		[
			'territory.handover_proposed',
			{ fromId: samuel, toId: odile, unitId: villebrume, handoverId: thing },
			'odile',
			'Samuel Oudraine te propose de prendre la suite : Section de Villebrume.',
			`${unit}/bureau/passation/${thing}`,
		],
		[
			'territory.handover_accepted',
			{ fromId: samuel, toId: odile, unitId: villebrume, handoverId: thing },
			'samuel',
			'Odile Fabrègat accepte de prendre la suite : Section de Villebrume. Il te reste à confirmer.',
			`${unit}/bureau/passation/${thing}`,
		],
		[
			'territory.handover_confirmed',
			{ fromId: samuel, toId: odile, unitId: villebrume, handoverId: thing },
			'odile',
			'Samuel Oudraine t’a passé la main : Section de Villebrume.',
			`${unit}/bureau/passation/${thing}`,
		],
		[
			'territory.loan_started',
			{ borrowerId: odile, unitId: villebrume, loanId: thing },
			'odile',
			'Des pouvoirs te sont prêtés : Section de Villebrume.',
			unit,
		],
		[
			'territory.loan_ended',
			{ borrowerId: odile, unitId: villebrume, loanId: thing },
			'odile',
			'Le prêt de pouvoirs est terminé : Section de Villebrume.',
			unit,
		],
		[
			'safety.decided',
			{ decisionId: thing, authorId: odile, reporterIds: [], outcome: 'warn', rule: 'attack' },
			'odile',
			'La règle « Attaque contre une personne » t’est rappelée. Lis la décision.',
			`/securite/decisions/${thing}`,
		],
		[
			'safety.decided',
			{ decisionId: thing, authorId: odile, reporterIds: [], outcome: 'suspend', rule: 'attack' },
			'odile',
			'Ton compte est suspendu : règle « Attaque contre une personne ». Lis la décision et ton recours.',
			`/securite/decisions/${thing}`,
		],
		[
			'safety.appeal_decided',
			{ decisionId: thing, authorId: odile, outcome: 'reversed' },
			'odile',
			'Ton recours a abouti : la décision est annulée.',
			`/securite/decisions/${thing}`,
		],
		[
			'safety.appeal_decided',
			{ decisionId: thing, authorId: odile, outcome: 'kept' },
			'odile',
			'Ton recours a été lu : la décision est maintenue.',
			`/securite/decisions/${thing}`,
		],
		[
			'privacy.export_ready',
			{ personId: odile, exportId: thing },
			'odile',
			'Le fichier de tes données est prêt, pour un jour.',
			'/compte/donnees',
		],
		[
			'privacy.erasure_asked',
			{ personId: odile },
			'odile',
			'Ton compte sera effacé dans trente jours. Tu peux encore changer d’avis.',
			'/compte/donnees',
		],
	])('%s', async (event, payload, who, sentence, href) => {
		await happens(event, payload);
		expect(await written()).toEqual([who]);
		expect(await lines(who)).toEqual([[sentence, href]]);
	});
});

describe('an event told twice, as a job may be, is one line', () => {
	test.each(['territory.welcomed', 'territory.member_confirmed'])('%s', async (event) => {
		const payload = { personId: odile, byId: samuel, unitId: villebrume };
		await Promise.all([happens(event, payload), happens(event, payload)]);
		expect(await lines('odile')).toHaveLength(1);
	});
});

describe('friends', () => {
	test('who said yes is told to who asked, while they are friends', async () => {
		await asSystem('test', (tx) =>
			tx.run(
				sql`insert into friends.link (person_id, friend_id) values (${odile}, ${mathis}), (${mathis}, ${odile})`,
			),
		);
		await happens('friends.accepted', { byId: mathis, toId: odile });
		expect(await written()).toEqual(['odile']);
		expect((await lines('odile'))[0]![1]).toBe(`/personnes/${mathis}`);
		await asSystem('test', (tx) => tx.run(sql`delete from friends.link`));
		expect(await lines('odile')).toEqual([]);
	});
});

describe('who holds a power is told of what waits for it, nearest first', () => {
	test('somebody arrives: who welcomes in that very unit, not above', async () => {
		await happens('territory.joined', { personId: mathis, unitId: villebrume });
		expect(await written()).toEqual(['samuel']);
		expect(await lines('samuel')).toEqual([['Mathis Lanoëz arrive : Section de Villebrume.', unit]]);
	});

	test('two arrive: one line counts them', async () => {
		await happens('territory.joined', { personId: mathis, unitId: villebrume });
		await happens('territory.joined', { personId: odile, unitId: villebrume });
		expect(await lines('samuel')).toEqual([
			['Odile Fabrègat et une autre personne arrivent : Section de Villebrume.', unit],
		]);
	});

	test('somebody arrives where nobody welcomes: nobody is told', async () => {
		await happens('territory.joined', { personId: idOf('noemie'), unitId: idOf('castelmauve') });
		expect(await written()).toEqual([]);
	});

	test('a claim waits for the level above, and for nobody of the unit itself', async () => {
		await happens('territory.claim_made', { personId: odile, unitId: villebrume, claimId: thing });
		expect(await written()).toEqual(['yamina']);
		expect(await lines('yamina')).toEqual([
			['Odile Fabrègat se propose : Section de Villebrume. La décision t’attend.', unit],
		]);
	});

	test('an account locked out waits for every level that may write to its person, whose name stays out of the line', async () => {
		await happens('people.recovery_asked', { personId: idOf('samuel') });
		expect(await written()).toEqual(['sabrina', 'yamina']);
		expect(await lines('yamina')).toEqual([
			[
				'Quelqu’un a perdu l’accès à son compte : Section de Villebrume. Deux responsables doivent répondre.',
				'/responsabilites/acces',
			],
		]);
	});

	test('a line of an office is not read without the second factor that gives it', async () => {
		await happens('territory.claim_made', { personId: odile, unitId: villebrume, claimId: thing });
		expect((await notices(await as('yamina', { factor: false }))).fresh).toEqual([]);
	});
});

describe('moderation', () => {
	test('a report waits for who moderates nearest; those it concerns are kept apart, the next level is told', async () => {
		await happens('safety.reported', { unitId: villebrume, apart: [] });
		expect(await written()).toEqual(['samuel']);
		await asSystem('test', (tx) => tx.run(sql`delete from notices.notice`));
		await happens('safety.reported', { unitId: villebrume, apart: [samuel] });
		expect(await written()).toEqual(['yamina']);
	});

	test('reports of what was said in no unit are one line for who moderates at the top', async () => {
		await happens('safety.reported', { unitId: null, apart: [] });
		await happens('safety.reported', { unitId: null, apart: [] });
		expect(await written()).toEqual(['paulo', 'sabrina']);
		expect(await lines('paulo')).toEqual([['Un signalement attend la modération.', '/moderation']]);
	});

	test('a report that breaks no rule is answered to who made it, and the author hears nothing', async () => {
		await happens('safety.decided', {
			decisionId: thing,
			authorId: odile,
			reporterIds: [mathis],
			outcome: 'keep',
			rule: 'attack',
		});
		expect(await written()).toEqual(['mathis']);
		expect((await lines('mathis'))[0]![0]).toMatch(
			/^Ton signalement a été lu : rien n’enfreint la règle « .+ »\.$/,
		);
	});

	test('a masked post is told to its author without who reported, and to each who did', async () => {
		await happens('safety.decided', {
			decisionId: thing,
			authorId: odile,
			reporterIds: [mathis, samuel],
			outcome: 'hide',
			rule: 'attack',
		});
		expect(await written()).toEqual(['mathis', 'odile', 'samuel']);
		expect(await lines('odile')).toEqual([
			[
				'Ce que tu as publié est masqué : règle « Attaque contre une personne ». Lis la décision et ton recours.',
				`/securite/decisions/${thing}`,
			],
		]);
		expect((await notices(await as('odile'))).fresh).toMatchObject([{ by: null, others: 0 }]);
	});
});
