import { putMission } from '#domains/missions/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import type { Someone } from './crowd.ts';
import type { Chance } from './random.ts';

const hour = 3_600_000;

/** So many days from now, at this hour of the clock in Paris in winter; whole hours. */
function at(days: number, clock: number): Date {
	const day = new Date(Date.now() + days * 24 * hour);
	return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), clock - 1));
}

interface Plan {
	kind: 'leaflets' | 'doors' | 'stand' | 'posters' | 'other';
	title: string;
	text: string;
	place: string;
	days: number;
	from: number;
	hours: number;
	needed: number;
	comes: number;
	station?: string;
	by?: CastName;
	audience?: 'unit' | 'network' | 'public';
	result?: { doors?: number; leaflets?: number; report: string };
}

/** Villebrume: what is to come, an idea of Odile's, what was done. */
const villebrume: Plan[] = [
	{
		...{
			kind: 'leaflets',
			title: 'Tractage au marché des Tanneries',
			place: 'Devant la halle, place des Tanneries',
		},
		text: 'On apporte les tracts, il suffit de venir. Café chez Rosa à la fin.',
		...{ days: 3, from: 9, hours: 3, needed: 6, comes: 3, audience: 'public' },
	},
	{
		...{ kind: 'doors', title: 'Porte-à-porte au Foyer du Rail', place: 'Bureau 10, Foyer du Rail' },
		text: 'En binômes, une heure et demie. Si tu débutes, tu pars avec quelqu’un qui connaît.',
		...{ days: 5, from: 18, hours: 2, needed: 8, comes: 5, station: 'X01001_0010', audience: 'network' },
	},
	{
		...{ kind: 'posters', title: 'Collage entre la gare et le pont', place: 'Parking de la gare' },
		text: 'Sur les panneaux autorisés seulement. Colle et brosses fournies.',
		...{ days: 2, from: 20, hours: 2, needed: 4, comes: 4 },
	},
	{
		...{ kind: 'other', title: 'Ranger le local, une bonne fois', place: 'Le local, 4 rue Basse' },
		text: 'Une idée comme ça : à cinq, c’est fait en une matinée.',
		...{ days: 9, from: 10, hours: 2, needed: 5, comes: 1, by: 'odile' },
	},
	{
		...{ kind: 'leaflets', title: 'Sortie des usines, équipe du matin', place: 'Rond-point des Filatures' },
		...{ text: '', days: -6, from: 6, hours: 2, needed: 5, comes: 4 },
		result: {
			leaflets: 620,
			report: 'Bon accueil, et une bonne discussion sur les horaires de bus. Merci !',
		},
	},
	{
		...{ kind: 'doors', title: 'Porte-à-porte rue des Lilas', place: 'Rue des Lilas' },
		...{ text: '', days: -13, from: 18, hours: 2, needed: 6, comes: 6 },
		result: {
			doors: 184,
			report: 'Cent quatre-vingt-quatre portes à six. On recommence de l’autre côté de la voie.',
		},
	},
	{
		...{ kind: 'stand', title: 'Stand à la fête du quartier', place: 'Square Camille-Ourdin' },
		...{ text: '', days: -27, from: 14, hours: 4, needed: 4, comes: 3 },
		result: { leaflets: 210, report: 'Le parasol a tenu. Merci à la relève de seize heures.' },
	},
];

const elsewhere = [
	['leaflets', 'Tractage à la sortie de la gare', 'Parvis de la gare'],
	['doors', 'Porte-à-porte du samedi', 'Devant la mairie'],
	['stand', 'Tenir le stand du marché', 'Place du marché'],
	['posters', 'Collage du jeudi soir', 'Au local'],
] as const;

/** Missions to come and done: Villebrume whole, and one in some sections around, that the region may join. */
export async function callForMissions(people: Someone[], luck: Chance): Promise<void> {
	const near = Map.groupBy(people, ({ unitId }) => unitId);
	await asSystem('demo', async (tx) => {
		await tx.run(sql`set local statement_timeout = '60s'`);
		const cast: CastName[] = ['mathis', 'gerard', 'odile'];
		const crowd = [...cast.map(idOf), ...(near.get(idOf('villebrume')) ?? []).map(({ id }) => id)];
		// Who enters as Odile finds a mission to join: she is on the lists of what was done.
		for (const plan of villebrume)
			await lay(tx, plan, { unitId: idOf('villebrume'), byId: idOf(plan.by ?? 'samuel') }, [
				...(plan.days < 0 ? [idOf('odile')] : []),
				...luck.some(
					crowd.filter((id) => plan.days < 0 || id !== idOf('odile')),
					plan.comes,
				),
			]);
		await around(tx, near, luck);
	});
}

async function around(tx: Tx, near: Map<string, Someone[]>, luck: Chance): Promise<void> {
	const led = await tx.many<{
		id: string;
		person_id: string;
	}>(sql`select distinct on (unit.code) unit.id, term.person_id
		from territory.unit join territory.term on term.unit_id = unit.id and term.ends_at is null
		join territory.office on office.id = term.office_id and office.leads
		join territory.unit_kind on unit_kind.id = unit.kind_id and unit_kind.key = 'section'
		where unit.id <> ${idOf('villebrume')}::uuid order by unit.code, term.person_id limit 14`);
	for (const { id, person_id } of led) {
		const [kind, title, place] = luck.pick(elsewhere);
		const crowd = luck.some(near.get(id) ?? [], 3).map((one) => one.id);
		const plan: Plan = {
			...{ kind, title, place, text: '', needed: 5, comes: 3, hours: 2 },
			...{ days: 1 + luck.below(16), from: 10 + luck.below(8), audience: 'network' },
		};
		await lay(tx, plan, { unitId: id, byId: person_id }, crowd);
	}
}

const lay = (
	tx: Tx,
	{ days, from, hours, by, audience = 'unit', comes: _, ...plan }: Plan,
	whose: { unitId: string; byId: string },
	enrolled: string[],
) =>
	putMission(tx, {
		...{ ...plan, ...whose, audience, enrolled, isOfficial: !by },
		...{ startsAt: at(days, from), endsAt: at(days, from + hours) },
	});
