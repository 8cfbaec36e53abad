import { converse, type Told, writeOnce } from '#domains/messages/index.ts';
import { asSystem } from '#platform/db.ts';
import { type CastName, idOf } from '#tests/party.ts';

interface Story extends Omit<Told, 'people' | 'said' | 'unread'> {
	people: CastName[];
	said: [CastName, string, number][];
	unread?: CastName[];
}

/** What the cast write to one another: two people, several, a request that waits. */
const stories: Story[] = [
	{
		people: ['odile', 'samuel'],
		said: [
			['odile', 'Bonjour Samuel, la salle des Tanneries est libre jeudi. Je la réserve ?', 30],
			['samuel', 'Oui, merci ! De 18 h à 21 h si possible.', 29],
			['odile', 'C’est fait. Il faut rendre la clé vendredi avant midi.', 27],
			['samuel', 'Je m’en charge. Tu peux apporter la banderole ?', 5],
			['odile', 'Elle est chez Gérard, je l’appelle ce soir.', 4],
			['samuel', 'Parfait. À jeudi !', 1],
		],
		unread: ['odile'],
	},
	{
		people: ['odile', 'mathis', 'gerard'],
		said: [
			['odile', 'Qui tient le stand du marché samedi ? Il me faut une personne de 9 h à 11 h.', 50],
			['mathis', 'Moi, mais plutôt à partir de 10 h.', 48],
			['gerard', 'Je fais 9 h – 10 h, Mathis prend la suite.', 47],
			['odile', 'Merci à vous deux. J’apporte la table et le café.', 46],
			['mathis', 'On garde des autocollants pour la fac ?', 6],
		],
		unread: ['gerard', 'odile'],
	},
	{
		people: ['yamina', 'samuel'],
		said: [
			['yamina', 'Samuel, peux-tu me dire où en est l’accueil des nouvelles personnes à Villebrume ?', 72],
			['samuel', 'Trois appelées, deux viennent jeudi. Je rappelle la dernière demain.', 70],
			['yamina', 'Très bien. On en reparle à la réunion de fédération.', 69],
		],
	},
	{
		people: ['leontine', 'yamina', 'driss'],
		said: [
			['leontine', 'Je propose une visio lundi à 20 h pour la convention des deux régions.', 26],
			['driss', 'Lundi me va.', 25],
			['yamina', 'Pour moi aussi. J’envoie l’ordre du jour dimanche.', 24],
		],
		unread: ['leontine'],
	},
	{
		people: ['ines', 'yamina'],
		said: [
			['ines', 'Le compte rendu est prêt, je te l’envoie où ?', 12],
			['yamina', 'Ici, c’est très bien.', 11],
		],
		unread: ['ines'],
	},
	{
		people: ['tidiane', 'fanny'],
		said: [['tidiane', 'Bonjour, je viens de m’inscrire : comment aider pour le marché de Noël ?', 9]],
		unread: ['fanny'],
	},
	{
		people: ['odile', 'fanny'],
		asked: true,
		said: [['odile', 'Bonjour Fanny, votre stand à Port-Brumel m’a donné des idées. On peut en parler ?', 8]],
	},
];

/** Fills the messages: several living conversations, a request, and a letter of the secretary with two answers. */
export const correspond = (): Promise<void> =>
	asSystem('demo', async (tx) => {
		for (const { people, said, unread = [], ...rest } of stories)
			await converse(tx, {
				...rest,
				people: people.map(idOf),
				said: said.map(([by, text, hours]) => [idOf(by), text, hours]),
				unread: unread.map(idOf),
			});
		await writeOnce(tx, {
			byId: idOf('samuel'),
			unitId: idOf('villebrume'),
			text: 'Bonjour, l’assemblée est jeudi à 18 h aux Tanneries. Répondez-moi ici si vous avez besoin d’un trajet.',
			hours: 20,
			to: (['odile', 'mathis', 'gerard', 'lucien'] as const).map(idOf),
			answers: [
				[idOf('mathis'), 'Je viens à vélo, pas besoin de trajet. À jeudi !'],
				[idOf('lucien'), 'Je veux bien une place en voiture.'],
			],
		});
	});
