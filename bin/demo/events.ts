import {
	addShift,
	answer,
	askQuestion,
	CreateForm,
	create,
	inviteUnit,
	ReportForm,
	reply,
	saveReport,
	setCover,
	showEvent,
	takeShift,
} from '#domains/events/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { parse } from '#platform/http/parse.ts';
import { clockIn } from '#platform/local-time.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { drawPicture } from './pictures.ts';
import { chance } from './random.ts';

const present = (personId: string): Promise<Viewer> => viewerOfPerson(personId, [], new Date());
const now = (name: CastName): Promise<Viewer> => present(idOf(name));
/** These people say that they come, one after the other. */
const come = async (eventId: string, people: string[]): Promise<void> => {
	for (const person of people)
		await answer(await present(person), eventId, { presence: 'coming', guests: 0 });
};
const inDays = (days: number) => clockIn(new Date(Date.now() + days * 86_400_000), 'Europe/Paris').day;

/** The next Tuesday that leaves two days at least. */
const nextTuesday = () => {
	const day = new Date(`${inDays(2)}T12:00:00Z`);
	return inDays(2 + ((9 - day.getUTCDay()) % 7));
};

const planned = (viewer: Viewer, said: Record<string, string>) => create(viewer, parse(CreateForm, said));

/** A living calendar: a stand with its shifts, a weekly meeting, a public debate, a federation's evening that is nearly full. */
export async function planEvents(): Promise<void> {
	const samuel = await now('samuel');
	await planStand(samuel);
	await planMarket(samuel);
	await planEvening(await now('yamina'));
	await tellOfLast(samuel);
	await planned(samuel, {
		unit: idOf('villebrume'),
		title: 'Réunion du mardi',
		text: 'Tour de table, semaine à venir, tracts à prendre.',
		day: nextTuesday(),
		starts: '19:00',
		ends: '20:30',
		place_name: 'Maison des associations',
		commune: 'Villebrume',
		visibility: 'unit',
		repeat: 'weekly',
	});
	await planned(samuel, {
		unit: idOf('villebrume'),
		title: 'Débat public : se loger à Villebrume',
		text: 'Trois témoignages, puis la parole à la salle.',
		day: inDays(16),
		starts: '18:30',
		ends: '20:30',
		place_name: 'Salle des fêtes',
		commune: 'Villebrume',
		street: '2 place des Œillets',
		visibility: 'public',
		capacity: '80',
		guests_allowed: '3',
	});
}

/** The meeting of last week: who came, and what is told of it. */
async function tellOfLast(samuel: Viewer): Promise<void> {
	const id = await planned(samuel, {
		unit: idOf('villebrume'),
		title: 'Porte ouverte au local',
		text: 'Café, tracts, et deux chaises à réparer.',
		day: inDays(1),
		starts: '14:00',
		ends: '17:00',
		place_name: 'Le local',
		commune: 'Villebrume',
		street: '4 rue Basse',
		visibility: 'public',
	});
	await come(id, ['odile', 'gerard', 'mathis'].map(idOf));
	await asSystem('demo', (tx) =>
		tx.run(sql`update events.event set starts_at = event.starts_at - interval '7 days',
			ends_at = event.ends_at - interval '7 days' where event.id = ${id}::uuid`),
	);
	const report = parse(ReportForm, {
		text: 'Vingt-deux personnes entre deux averses, dont **cinq qu’on ne connaissait pas**. Les chaises tiennent debout.',
		counted: '22',
	});
	await saveReport(samuel, id, report, true);
}

/** What the home asks first: some of the cast and of the neighbours come, the others have not answered. */
async function planMarket(samuel: Viewer): Promise<void> {
	const id = await planned(samuel, {
		unit: idOf('villebrume'),
		title: 'On prépare le marché de Noël',
		text: 'Qui tient le stand, qui apporte le café, qui dessine les affiches.',
		day: inDays(2),
		starts: '19:00',
		ends: '21:00',
		place_name: 'Salle des Tanneries',
		commune: 'Villebrume',
		visibility: 'unit',
	});
	await inviteUnit(samuel, id, idOf('villebrume'));
	const neighbours = await asSystem('demo', (tx) =>
		tx.many<{ id: string }>(sql`select attachment.person_id as id from territory.attachment
			join people.membership on membership.person_id = attachment.person_id and membership.ended_at is null and membership.verified_at is not null
			where attachment.unit_id = ${idOf('villebrume')}::uuid and attachment.until is null
				and attachment.person_id <> all (${list(Object.keys(cast).map(idOf), 'uuid')})
			order by attachment.person_id limit 9`),
	);
	await come(id, [idOf('mathis'), idOf('gerard'), ...neighbours.map((one) => one.id)]);
	await askQuestion(await now('mathis'), id, {
		question: 'On peut venir avec des idées de stand, même farfelues ?',
	});
}

async function planEvening(yamina: Viewer): Promise<void> {
	const evening = await planned(yamina, {
		unit: idOf('valdorsande'),
		title: 'Soirée des nouvelles et des nouveaux',
		text: 'On mange ensemble, on se présente, on répond à tout.',
		day: inDays(23),
		starts: '19:30',
		ends: '00:30',
		place_name: 'Le Hangar',
		commune: 'Montclairval',
		visibility: 'unit',
		capacity: '4',
	});
	await inviteUnit(yamina, evening, idOf('valdorsande'));
	await come(evening, ['odile', 'ines', 'gerard', 'noemie', 'mathis'].map(idOf));
}

async function planStand(samuel: Viewer): Promise<void> {
	const id = await planned(samuel, {
		unit: idOf('villebrume'),
		title: 'Stand au marché et distribution',
		text: [
			'On tient le stand sous la halle et on distribue aux quatre entrées : le tract « Un toit pour toutes et tous » est arrivé.',
			'S’il pleut, on se replie sous les arcades de la mairie.',
		].join('\n\n'),
		day: inDays(6),
		starts: '09:00',
		ends: '12:30',
		place_name: 'Place des Œillets',
		commune: 'Villebrume',
		access: 'Bus 4, arrêt Marché\nDe plain-pied, toilettes à 50 m',
		visibility: 'public',
		guests_allowed: '2',
	});
	await setCover(samuel, id, {
		cover: new File([new Uint8Array(await drawPicture('market', chance(28)))], 'stand.png'),
		cover_words: 'Dessin : trois personnes derrière un stand de marché, sous une toile rayée.',
	});
	await inviteUnit(samuel, id, idOf('villebrume'));
	await addShift(samuel, id, { name: 'Apporter le café', starts: '09:00', ends: '', needed: 1 });
	await addShift(samuel, id, { name: 'Distribuer, premier tour', starts: '09:00', ends: '10:30', needed: 2 });
	await addShift(samuel, id, { name: 'Distribuer, second tour', starts: '10:30', ends: '12:30', needed: 4 });
	await addShift(samuel, id, { name: 'Conduire Odile', starts: '', ends: '', needed: 1 });
	const { shifts } = await showEvent(samuel, id);
	const [odile, gerard, mathis] = [await now('odile'), await now('gerard'), await now('mathis')];
	await takeShift(odile, id, { shift: shifts[0]!.id });
	await takeShift(gerard, id, { shift: shifts[1]!.id });
	await takeShift(samuel, id, { shift: shifts[1]!.id });
	await answer(mathis, id, { presence: 'maybe', guests: 0 });
	const question = await askQuestion(odile, id, {
		question: 'Y aura-t-il des chaises ? Je ne tiens pas trois heures debout.',
	});
	await reply(samuel, id, { id: question, reply: 'Oui, deux chaises et la table de la salle.' });
}
