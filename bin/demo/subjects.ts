import { publishAs } from '#domains/feed/index.ts';
import { followAs, proposeAs } from '#domains/groups/index.ts';
import { asSystem } from '#platform/db.ts';
import { type CastName, idOf, type UnitKey } from '#tests/party.ts';

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

/** What is said of a subject somewhere else, to the whole network. */
const said: [CastName, UnitKey, string, number, string][] = [
	[
		'fanny',
		'pontsarvan',
		'logement',
		5,
		'À Port-Brumel, le recensement des logements vides se fait rue par rue, à deux, le dimanche matin. Notre fiche tient sur une page : dites-moi si vous la voulez.',
	],
	[
		'driss',
		'hautsarvan',
		'logement',
		52,
		'La commune a voté le permis de louer après huit mois de relances. La délibération type est prête à être reprise ailleurs.',
	],
	[
		'tidiane',
		'pontsarvan',
		'transports',
		20,
		'Comptage à l’arrêt du port : 61 personnes laissées à quai en une semaine. Le tableau est simple, on peut comparer entre villes.',
	],
	[
		'ines',
		'montclairval',
		'agriculture',
		33,
		'La cantine de Montclairval passe aux légumes du coin en janvier. Le marché public a été le plus long : voici comment on l’a écrit.',
	],
];

/** Posts on subjects, somebody who lets two of them come home, a proposal that waits and one that was answered. */
export const gatherSubjects = (): Promise<void> =>
	asSystem('demo', async (tx) => {
		for (const [author, unit, subject, hours, text] of said)
			await publishAs(tx, {
				authorId: idOf(author),
				unitId: idOf(unit),
				audience: 'network',
				subject,
				text,
				at: hoursAgo(hours),
			});
		for (const [name, slug] of [
			['odile', 'logement'],
			['odile', 'transports'],
			['samuel', 'agriculture'],
		] as const)
			await followAs(tx, idOf(name), slug);
		await proposeAs(tx, {
			personId: idOf('odile'),
			name: 'Eau et rivières',
			why: 'Trois groupes en parlent, chacun de son côté.',
			at: hoursAgo(30),
		});
		await proposeAs(tx, {
			personId: idOf('mathis'),
			name: 'Jeux vidéo',
			why: '',
			at: hoursAgo(200),
			answer: { byId: idOf('bertrand'), text: 'Range-le plutôt sous Culture ou Numérique.' },
		});
	});
