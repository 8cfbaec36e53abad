import { visitors } from '#domains/missions/public/visitors.ts';
import type { Tx } from '#platform/db.ts';
import { hashOfSecret } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';

/** Missions in Villebrume, by what makes them: Samuel's for the section, Odile's own. */
const states = {
	official: {},
	network: { audience: 'network' },
	public: { audience: 'public' },
	own: { by: 'odile' },
	hidden: { by: 'odile', audience: 'network' },
	begun: { begun: true },
	cancelled: { state: 'cancelled' },
} as const;
export type MissionState = keyof typeof states;
export const missionStates = Object.keys(states) as MissionState[];

/** A mission in each state; Odile is on the list of those of others, Gérard on hers. */
export async function putMissions(tx: Tx) {
	const mission = {} as Record<MissionState, string>;
	for (const name of missionStates) {
		const one: { by?: CastName; audience?: string; begun?: true; state?: string } = states[name];
		mission[name] = idOf(`matrix mission ${name}`);
		const by = one.by ?? 'samuel';
		await tx.run(sql`insert into missions.mission (id, kind, title, text, unit_id, audience, by_id, is_official, place,
				starts_at, ends_at, needed, enrolled, state, cancel_reason, folded)
			values (${mission[name]}, 'doors', ${`canary-mission-${name}`}, 'Avec un parapluie', ${idOf('villebrume')},
				${one.audience ?? 'unit'}, ${idOf(by)}, ${by === 'samuel'}, 'Place des Tanneries',
				now() + ${one.begun ? '-1 hour' : '5 days'}::interval, now() + ${one.begun ? '1 hour' : '121 hours'}::interval,
				5, 1, ${one.state ?? 'open'}, '', ${`canary mission ${name}`})`);
		await tx.run(sql`insert into missions.enrolment (mission_id, person_id)
			values (${mission[name]}, ${idOf(by === 'samuel' ? 'odile' : 'gerard')})`);
	}
	await tx.run(sql`insert into safety.hidden (kind, subject_id, place_id, decision_id)
		values ('mission', ${mission.hidden}, ${mission.hidden}, ${idOf('matrix mission decision')})`);
	return {
		mission,
		missionKeys: await putGuests(tx, mission),
		initiative: await putIdeas(tx),
		petition: await putPetitions(tx),
	};
}

/** Who comes without account: to the public one, and to the section's, that was public before. */
async function putGuests(tx: Tx, mission: Record<MissionState, string>) {
	const keys = {} as Record<'public' | 'official', string>;
	for (const state of ['public', 'official'] as const) {
		const id = idOf(`matrix mission visitor ${state}`);
		keys[state] = visitors.keyOf(id);
		await tx.run(sql`insert into missions.visitor (id, mission_id, email, email_key, name, token_hash, confirmed_at, told)
			values (${id}, ${mission[state]}, 'canary-helper@dehors.example', 'canary-helper@dehors.example', 'canary-guest',
				${hashOfSecret(keys[state])}, now(), '{"title":"canary-said"}')`);
		await tx.run(
			sql`insert into missions.guest (visitor_id, mission_id, name) values (${id}, ${mission[state]}, 'canary-guest')`,
		);
		await tx.run(sql`update missions.mission set enrolled = enrolled + 1 where id = ${mission[state]}`);
	}
	return keys;
}

/** Ideas: Odile's, with Mathis in the team and Gérard at its door; hers that moderation hid; the section's, closed. */
async function putIdeas(tx: Tx) {
	const initiative = {} as Record<'own' | 'hidden' | 'closed', string>;
	for (const name of ['own', 'hidden', 'closed'] as const) {
		initiative[name] = idOf(`matrix idea ${name}`);
		const by = name === 'closed' ? 'samuel' : 'odile';
		await tx.run(sql`insert into missions.initiative (id, title, text, unit_id, by_id, is_official, supports, team, state, folded)
			values (${initiative[name]}, ${`canary-idea-${name}`}, 'Du pain', ${idOf('villebrume')}, ${idOf(by)}, ${by === 'samuel'},
				1, 2, ${name === 'closed' ? 'closed' : 'open'}, ${`canary idea ${name}`})`);
		await tx.run(sql`insert into missions.teammate (initiative_id, person_id, accepted_at) values
			(${initiative[name]}, ${idOf(by)}, now()), (${initiative[name]}, ${idOf('mathis')}, now()),
			(${initiative[name]}, ${idOf('gerard')}, null)`);
		await tx.run(
			sql`insert into missions.support (initiative_id, person_id) values (${initiative[name]}, ${idOf('mathis')})`,
		);
	}
	await tx.run(sql`insert into safety.hidden (kind, subject_id, place_id, decision_id)
		values ('initiative', ${initiative.hidden}, ${initiative.hidden}, ${idOf('matrix mission decision')})`);
	return initiative;
}

/** Petitions: Odile's, signed by Mathis and waiting for a visitor's address; hers that moderation hid; the section's, closed just now. */
async function putPetitions(tx: Tx) {
	const petition = {} as Record<'own' | 'hidden' | 'closed', string>;
	for (const name of ['own', 'hidden', 'closed'] as const) {
		petition[name] = idOf(`matrix petition ${name}`);
		const by = name === 'closed' ? 'samuel' : 'odile';
		await tx.run(sql`insert into missions.petition (id, title, text, addressed_to, unit_id, by_id, is_official, signed, state, closed_at, folded)
			values (${petition[name]}, ${`canary-petition-${name}`}, 'Du pain', 'Aux élus', ${idOf('villebrume')}, ${idOf(by)},
				${by === 'samuel'}, ${name === 'own' ? 1 : 0}, ${name === 'closed' ? 'closed' : 'open'},
				case when ${name === 'closed'} then now() + interval '1 day' end,
				${`canary petition ${name}`})`);
	}
	await tx.run(sql`insert into missions.signature (id, petition_id, person_id, name, confirmed_at)
		values (${idOf('matrix signature')}, ${petition.own}, ${idOf('mathis')}, 'canary-signature', now())`);
	await tx.run(sql`insert into missions.signature (id, petition_id, name, token_hash)
		values (${idOf('matrix signature waiting')}, ${petition.own}, 'Lou', ${hashOfSecret('matrix-petition-secret')})`);
	await tx.run(sql`insert into safety.hidden (kind, subject_id, place_id, decision_id)
		values ('petition', ${petition.hidden}, ${petition.hidden}, ${idOf('matrix mission decision')})`);
	return petition;
}
