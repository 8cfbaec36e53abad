import { idea, petition, propose } from '#domains/missions/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { apps } from '#registry.ts';
import { type CastName, idOf } from '#tests/party.ts';

const acting = (name: CastName) => viewerOfPerson(idOf(name), apps, new Date());

/** In Villebrume: an idea of Gérard's that finds a team, and a petition of the section. */
export async function liveIdeas(): Promise<void> {
	const [gerard, samuel, mathis] = await Promise.all((['gerard', 'samuel', 'mathis'] as const).map(acting));
	const bikes = await propose(gerard!, {
		unit: idOf('villebrume'),
		title: 'Trois vélos pour tracter',
		text: 'Le hangar de la rue Basse en abrite trois qui ne roulent plus. Une chaîne, des freins, un porte-bagages : **deux samedis** et on couvre les hameaux sans voiture.\n\nIl manque quelqu’un qui sait régler un dérailleur.',
		audience: 'unit',
	});
	for (const viewer of [samuel!, mathis!]) await idea.support(viewer, bikes);
	await idea.ask(mathis!, bikes);
	await idea.accept(gerard!, bikes, { person: idOf('mathis') });
	const bus = await petition.launch(samuel!, {
		...{ unit: idOf('villebrume'), official: 'on', title: 'Un bus le dimanche jusqu’aux Filatures' },
		addressed_to: 'À la direction des transports du Val-d’Orsande',
		text: 'Le dimanche, rien ne part des Filatures avant midi. Nous demandons **deux passages le matin et un le soir**, toute l’année.',
	});
	for (const viewer of [samuel!, gerard!, mathis!]) await petition.signAsMember(viewer, bus);
}
