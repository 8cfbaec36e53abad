import { isStale, noteSeen, noteUsed } from '#domains/people/index.ts';
import { askAsSystem, asSystem } from '#platform/db.ts';
import { type App, type GateRule, gateOf } from '#platform/domain.ts';
import { provesSession, readPass } from '#platform/http/files-pass.ts';
import { hashOfSecret } from '#platform/seal.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { type Standing, type Viewer, visitor } from '#platform/viewer.ts';

interface Row {
	id: string;
	session_id: string | null;
	name: string;
	photo_id: string | null;
	language: 'fr' | 'en';
	confirmed: boolean;
	left: boolean;
	suspended: boolean;
	membership: { grants: 'member' | 'sympathiser'; verified: boolean; lapsed: boolean } | null;
	units: string[];
	/** Offices held now, and powers lent to the person: these act, and are not an office. */
	terms: { kind: string; powers: string[]; lent: boolean }[];
	gates: Record<string, GateRule>;
	factor_at: Date | null;
	/** The session was last noted as in use a while ago. */
	is_stale: boolean;
	scopes: string[] | null;
}

/** Everything that says what a person is now, in one query: nothing of it is kept between requests. */
const person = (from: Sql, columns: Sql) => sql`
	select person.id, person.name, person.photo_id, person.language, ${columns},
		person.confirmed_at is not null as confirmed,
		person.left_at is not null or person.erased_at is not null as left,
		exists (select from people.suspension where suspension.person_id = person.id and suspension.lifted_at is null
			and suspension.starts_at <= now() and (suspension.ends_at is null or suspension.ends_at > now())) as suspended,
		(select jsonb_build_object('grants', membership_type.grants, 'verified', membership.verified_at is not null,
				'lapsed', coalesce(membership.paid_until < current_date, false))
			from people.membership join people.membership_type on membership_type.id = membership.type_id
			where membership.person_id = person.id and membership.ended_at is null) as membership,
		array(select attachment.unit_id from territory.attachment
			join territory.unit on unit.id = attachment.unit_id
			where attachment.person_id = person.id and attachment.until is null and unit.closed_at is null
			order by cardinality(unit.ancestors) desc, attachment.since) as units,
		coalesce((select jsonb_agg(jsonb_build_object('kind', held.kind, 'powers', held.powers, 'lent', held.lent)) from (
			select unit_kind.key as kind, office.powers, false as lent
				from territory.term join territory.office on office.id = term.office_id
				join territory.unit_kind on unit_kind.id = office.kind_id
				where term.person_id = person.id and term.starts_at <= now() and office.retired_at is null
					and (term.ends_at is null or term.ends_at > now())
			union all
			select unit_kind.key, array_agg(held_power.power), true
				from territory.held_power join territory.unit on unit.id = held_power.unit_id
				join territory.unit_kind on unit_kind.id = unit.kind_id
				where held_power.person_id = person.id and held_power.lent group by unit.id, unit_kind.key) as held), '[]') as terms,
		coalesce((select jsonb_object_agg(gate.app, gate.rule) from territory.gate), '{}') as gates
	from ${from}`;

/** Who holds this browser session; a visitor when it ended, was revoked or never was. */
export const viewerOfSession = (secret: string, apps: readonly App[]): Promise<Viewer> =>
	viewerByToken(hashOfSecret(secret), apps);

/** Who holds the session that this pass to uploads was made from; a visitor when it ended or has another secret by now. */
export async function viewerOfFilesPass(pass: string, apps: readonly App[]): Promise<Viewer> {
	const read = readPass(pass);
	if (!read) return viewerOfVisitor(apps);
	const session = await askAsSystem<{ token_hash: string }>(
		'session',
		sql`select session.token_hash from people.session where session.id = ${read.sessionId}::uuid`,
	);
	const isGood = session && provesSession(read.proof, session.token_hash);
	return isGood ? viewerByToken(session.token_hash, apps) : viewerOfVisitor(apps);
}

/** Who stands behind the sessions of which this is true. */
const personOfSession = (which: Sql) =>
	person(
		sql`people.session join people.person on person.id = session.person_id
			where ${which} and session.revoked_at is null and session.expires_at > now() and person.erased_at is null`,
		sql`session.id as session_id, session.token_hash, session.factor_at, null::text[] as scopes, ${isStale} as is_stale`,
	);

async function viewerByToken(tokenHash: string, apps: readonly App[]): Promise<Viewer> {
	const row = await askAsSystem<Row>('session', personOfSession(sql`session.token_hash = ${tokenHash}`));
	if (!row) return viewerOfVisitor(apps);
	if (row.is_stale) await asSystem('session', (tx) => noteSeen(tx, row.session_id!));
	return viewerFrom(row, apps);
}

/** Who holds each of these browser sessions, in the same order, by one query: for what follows many browsers at once. */
export async function viewersOfSessions(secrets: readonly string[], apps: readonly App[]): Promise<Viewer[]> {
	const hashes = secrets.map((secret) => (secret ? hashOfSecret(secret) : ''));
	const found = await asSystem('session', (tx) =>
		tx.many<Row & { token_hash: string }>(personOfSession(sql`session.token_hash = any (${hashes}::text[])`)),
	);
	// One by one: noted together, two processes could wait for one another's rows.
	for (const { is_stale, session_id } of found)
		if (is_stale) await asSystem('session', (tx) => noteSeen(tx, session_id!));
	const viewers = new Map(found.map((row) => [row.token_hash, viewerFrom(row, apps)]));
	const nobody = hashes.every((hash) => viewers.has(hash)) ? visitor : await viewerOfVisitor(apps);
	return hashes.map((hash) => viewers.get(hash) ?? nobody);
}

/** Who holds this personal token. Its scopes bound every right of the person; their offices do not act through it, unless a code of their second factor comes beside (`stepUpOnce`). */
export async function viewerOfToken(secret: string, apps: readonly App[]): Promise<Viewer | null> {
	const from = sql`people.token join people.person on person.id = token.person_id
		where token.hash = ${hashOfSecret(secret)} and token.revoked_at is null and token.expires_at > now()
			and person.erased_at is null`;
	return asSystem('session', async (tx) => {
		const row = await tx.one<Row>(
			person(from, sql`null::uuid as session_id, null::timestamptz as factor_at, token.scopes`),
		);
		if (!row) return null;
		await noteUsed(tx, secret);
		return viewerFrom(row, apps);
	});
}

/** This person as they would be in a fresh session without second factor: for jobs that write to them, and tests. */
export async function viewerOfPerson(
	id: string,
	apps: readonly App[],
	factorAt: Date | null = null,
): Promise<Viewer> {
	const row = await askAsSystem<Row>(
		'session',
		person(
			sql`people.person where person.id = ${id}::uuid`,
			sql`null::uuid as session_id, ${factorAt}::timestamptz as factor_at, null::text[] as scopes`,
		),
	);
	return row ? viewerFrom(row, apps) : visitor;
}

/** A person nobody signed in, with the apps open to anyone. */
export async function viewerOfVisitor(apps: readonly App[]): Promise<Viewer> {
	const row = await askAsSystem<{ gates: Row['gates'] }>(
		'session',
		sql`select coalesce(jsonb_object_agg(gate.app, gate.rule), '{}') as gates from territory.gate`,
	);
	return {
		...visitor,
		apps: apps.filter((app) => gateOf(app, row?.gates ?? {}).open === 'anyone').map(({ name }) => name),
	};
}

function standingOf(row: Row): Standing {
	if (!row.confirmed) return 'pending';
	if (row.suspended) return 'suspended';
	if (row.left) return 'former';
	const { membership } = row;
	if (!membership) return 'former';
	return membership.grants === 'member' && membership.verified && !membership.lapsed
		? 'member'
		: 'sympathiser';
}

function viewerFrom(row: Row, apps: readonly App[]): Viewer {
	const standing = standingOf(row);
	const isIn = standing === 'member' || standing === 'sympathiser';
	const viewer: Viewer = {
		id: row.id,
		sessionId: row.session_id,
		name: row.name,
		photoId: row.photo_id,
		standing,
		units: isIn ? row.units : [],
		officer: isIn && row.terms.length > 0,
		secondFactor: isIn && row.factor_at !== null,
		factorAt: row.factor_at,
		apps: [],
		scopes: row.scopes,
		language: row.language,
	};
	const open = apps.filter((app) => isLetIn(viewer, row, gateOf(app, row.gates)));
	const names = (some: App[]) => some.map(({ name }) => name);
	return {
		...viewer,
		apps: names(open),
		officeApps: names(open.filter((app) => gateOf(app, row.gates).open === 'office')),
	};
}

// A loan opens what asks for its power or for any office, never what asks for an office of a level.
function isLetIn(viewer: Viewer, row: Row, gate: GateRule): boolean {
	const isIn = viewer.standing === 'member' || viewer.standing === 'sympathiser';
	const holds = ({ kind, powers, lent }: Row['terms'][number]) =>
		(!gate.kinds?.length || gate.kinds.includes(kind)) &&
		(gate.power ? powers.includes(gate.power) : !lent || !gate.kinds?.length);
	const answers: Record<GateRule['open'], () => boolean> = {
		anyone: () => true,
		network: () => isIn,
		members: () => viewer.standing === 'member',
		office: () => viewer.officer && row.terms.some(holds),
		nobody: () => false,
	};
	return answers[gate.open]();
}
