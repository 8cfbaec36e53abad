import { createHash } from 'node:crypto';
import { repairCounts } from '#domains/territory/belonging/counts.ts';
import { usual } from '#domains/territory/blueprint.ts';
import { layStructure } from '#domains/territory/found.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { saveSetting } from '#platform/settings.ts';
import { list, sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';

/** The same id for the same name in every run: tests and demonstration speak of the same people. */
export function idOf(name: string): string {
	const hex = createHash('sha256').update(`la rive commune ${name}`).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Units of the fictional party: key → name, kind, parent. */
export const units = {
	national: { name: 'Bureau national', kind: 'national', parent: null, code: 'N' },
	orsande: { name: 'Région des Hautes-Orsandes', kind: 'region', parent: 'national', code: 'R01' },
	sarvan: { name: 'Région de la Côte-Sarvane', kind: 'region', parent: 'national', code: 'R03' },
	valdorsande: { name: 'Fédération du Val-d’Orsande', kind: 'federation', parent: 'orsande', code: 'F01' },
	hautsarvan: { name: 'Fédération du Littoral-Sarvan', kind: 'federation', parent: 'sarvan', code: 'F07' },
	villebrume: { name: 'Section de Villebrume', kind: 'section', parent: 'valdorsande', code: 'S0101' },
	montclairval: { name: 'Section de Montclairval', kind: 'section', parent: 'valdorsande', code: 'S0102' },
	pontsarvan: { name: 'Section de Port-Brumel', kind: 'section', parent: 'hautsarvan', code: 'S0702' },
	/** Has no officer. */
	castelmauve: { name: 'Section de Castelmauve', kind: 'section', parent: 'valdorsande', code: 'S0104' },
} as const;
export type UnitKey = keyof typeof units;

interface Part {
	name: string;
	unit: UnitKey;
	type: 'member' | 'sympathiser' | 'youth';
	office?: { key: string; at: UnitKey; ended?: true };
	state?: 'pending' | 'suspended' | 'former' | 'lapsed';
}

/** The cast: the same people in every test, in the demonstration and in the journeys. */
export const cast = {
	/** Section activist, 68. */
	odile: { name: 'Odile Fabrègat', unit: 'villebrume', type: 'member' },
	/** Sympathiser, 22. */
	mathis: { name: 'Mathis Lanoëz', unit: 'villebrume', type: 'sympathiser' },
	/** Secretary of the section of Villebrume. */
	samuel: {
		name: 'Samuel Oudraine',
		unit: 'villebrume',
		type: 'member',
		office: { key: 'secretary', at: 'villebrume' },
	},
	/** Secretary of the federation of Val-d'Orsande. */
	yamina: {
		name: 'Yamina Belkassaud',
		unit: 'montclairval',
		type: 'member',
		office: { key: 'secretary', at: 'valdorsande' },
	},
	/** Regional secretary, Orsande. */
	leontine: {
		name: 'Léontine Aubazac',
		unit: 'montclairval',
		type: 'member',
		office: { key: 'secretary', at: 'orsande' },
	},
	/** National web officer. */
	bertrand: {
		name: 'Bertrand Quéméraud',
		unit: 'pontsarvan',
		type: 'member',
		office: { key: 'web_officer', at: 'national' },
	},
	/** National secretary. */
	sabrina: {
		name: 'Sabrina Tessouane',
		unit: 'pontsarvan',
		type: 'member',
		office: { key: 'secretary', at: 'national' },
	},
	/** National moderator. */
	paulo: {
		name: 'Paulo Meirinhac',
		unit: 'montclairval',
		type: 'member',
		office: { key: 'moderator', at: 'national' },
	},
	/** Was secretary of Villebrume; the term ended. */
	gerard: {
		name: 'Gérard Valmorin',
		unit: 'villebrume',
		type: 'member',
		office: { key: 'secretary', at: 'villebrume', ended: true },
	},
	/** Suspended. */
	thibaud: { name: 'Thibaud Marlague', unit: 'villebrume', type: 'member', state: 'suspended' },
	/** Left the organisation. */
	josiane: { name: 'Josiane Pélissonne', unit: 'villebrume', type: 'member', state: 'former' },
	/** Signed up, address not confirmed. */
	awa: { name: 'Awa Dieynaud', unit: 'villebrume', type: 'sympathiser', state: 'pending' },
	/** Member of another section of the same federation. */
	ines: { name: 'Inès Ouarzal', unit: 'montclairval', type: 'member' },
	/** Secretary elsewhere: Port-Brumel, in another region. */
	fanny: {
		name: 'Fanny Kerdoncuff',
		unit: 'pontsarvan',
		type: 'member',
		office: { key: 'secretary', at: 'pontsarvan' },
	},
	/** Secretary of the other federation. */
	driss: {
		name: 'Driss Amrouchène',
		unit: 'pontsarvan',
		type: 'member',
		office: { key: 'secretary', at: 'hautsarvan' },
	},
	/** Membership not renewed. */
	lucien: { name: 'Lucien Barrandou', unit: 'villebrume', type: 'member', state: 'lapsed' },
	/** Member of a section without officer. */
	noemie: { name: 'Noémie Castagnérac', unit: 'castelmauve', type: 'member' },
	/** Sympathiser of another region. */
	tidiane: { name: 'Tidiane Solvignac', unit: 'pontsarvan', type: 'sympathiser' },
} satisfies Record<string, Part>;
export type CastName = keyof typeof cast;

/** Writes the fictional party into an empty database: structure, nine units, eighteen people with their offices. */
export async function gatherParty(): Promise<void> {
	await asSystem('demo', async (tx) => {
		const kinds = await layStructure(tx, usual);
		for (const key of Object.keys(units) as UnitKey[]) await putUnit(tx, key, kinds.get(units[key].kind)!);
		for (const key of Object.keys(cast) as CastName[]) await putPerson(tx, key, cast[key]);
		await repairCounts(tx);
		await saveSetting(tx, 'organisation', { name: 'La Rive commune', colour: '#00616c' }, null);
		await saveSetting(tx, 'demo', true, null);
	});
}

const ancestorsOf = (key: UnitKey): UnitKey[] => {
	const { parent } = units[key];
	return [...(parent ? ancestorsOf(parent) : []), key];
};

async function putUnit(tx: Tx, key: UnitKey, kindId: string): Promise<void> {
	const { name, parent, code } = units[key];
	await tx.run(sql`
		insert into territory.unit (id, kind_id, parent_id, ancestors, code, slug, name, folded_name)
		values (${idOf(key)}, ${kindId}, ${parent ? idOf(parent) : null}::uuid, ${list(ancestorsOf(key).map(idOf), 'uuid')},
			${code}, ${fold(name).replace(/[^a-z0-9]+/g, '-')}, ${name}, ${fold(name)})`);
}

async function putPerson(tx: Tx, key: string, part: Part): Promise<void> {
	const id = idOf(key);
	const email = `${key}@rive.example`;
	const isPending = part.state === 'pending';
	await tx.run(sql`insert into people.person (id, name, folded_name, confirmed_at, left_at)
		values (${id}, ${part.name}, ${fold(part.name)}, ${isPending ? null : new Date('2025-01-10')}::timestamptz,
			${part.state === 'former' ? new Date('2026-03-01') : null}::timestamptz)`);
	await tx.run(
		sql`insert into people.contact (person_id, email, email_key) values (${id}, ${email}, ${email})`,
	);
	await tx.run(sql`insert into people.membership (id, person_id, type_id, member_number, since, paid_until, verified_at, ended_at)
		select ${idOf(`${key} membership`)}, ${id}, membership_type.id, ${part.type === 'sympathiser' ? null : `A-${key}`}, '2024-01-01',
			${part.state === 'lapsed' ? '2025-12-31' : null}::date, ${part.type === 'sympathiser' ? null : new Date('2025-01-10')}::timestamptz,
			${part.state === 'former' ? new Date('2026-03-01') : null}::timestamptz
		from people.membership_type where key = ${part.type}`);
	await tx.run(sql`insert into territory.attachment (id, person_id, unit_id, since, until, welcomed_at)
		values (${idOf(`${key} attachment`)}, ${id}, ${idOf(part.unit)}, '2025-01-10', ${part.state === 'former' ? new Date('2026-03-01') : null}::timestamptz,
			${part.type === 'sympathiser' ? null : new Date('2025-01-12')}::timestamptz)`);
	if (part.state === 'suspended') {
		await tx.run(sql`insert into people.suspension (id, person_id, ends_at, by_id, reason)
			values (${idOf(`${key} suspension`)}, ${id}, now() + interval '30 days', ${idOf('paulo')}, 'Attaques personnelles répétées')`);
	}
	if (part.office) await putTerm(tx, key, part.office);
}

async function putTerm(tx: Tx, key: string, office: NonNullable<Part['office']>): Promise<void> {
	await tx.run(sql`
		insert into territory.term (id, person_id, unit_id, office_id, starts_at, ends_at)
		select ${idOf(`${key} term`)}, ${idOf(key)}, unit.id, office.id, '2025-02-01', ${office.ended ? new Date('2026-02-01') : null}::timestamptz
		from territory.unit join territory.office on office.kind_id = unit.kind_id
		where unit.id = ${idOf(office.at)} and office.key = ${office.key}`);
}
