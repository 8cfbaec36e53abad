import * as v from 'valibot';
import { RefuseRecoveryForm, VouchForm } from '#domains/people/index.ts';
import { read } from '#platform/db.ts';
import { operation } from '#platform/domain.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { claim, decideClaim } from './claims.ts';
import { bureauOf } from './queries.ts';
import { recoveriesToDecide, turnDown, vouchFor } from './recoveries.ts';
import { unitsWithoutOfficer } from './responsibilities.ts';

const instant = v.nullable(v.string());
const noun = v.object({ fr: v.string(), en: v.string() });

const Officer = v.object({
	id: v.string(),
	person: v.object({ id: v.string(), name: v.string() }),
	office: noun,
	leads: v.boolean(),
	since: v.string(),
	until: instant,
	provisional: v.boolean(),
});

const officers = async (viewer: Viewer, unitId: string) => {
	const bureau = await bureauOf(viewer, unitId);
	return {
		led: bureau.unit.led,
		officers: bureau.officers.map(({ id, personId, name, office, leads, since, until, provisional }) => ({
			id,
			person: { id: personId, name },
			office: { fr: office.fr.one_n || office.fr.one_f, en: office.en.one },
			leads,
			since,
			until,
			provisional,
		})),
	};
};

const held = (viewer: Viewer) =>
	read(viewer, async (tx) => ({
		held: await tx.many(sql`select held_power.power, held_power.unit_id as unit, bool_and(held_power.lent) as lent
			from territory.held_power where held_power.person_id = ${viewer.id}::uuid
			group by held_power.power, held_power.unit_id order by 1, 2`),
	}));

const answersRecovery = {
	gate: 'app:responsibilities',
	stepUp: true,
	audit: true,
	rule: 'people.recovery.vouch',
	scope: 'members:write',
} as const;

/** Verbs of the API about offices. */
export const officesApi = {
	'GET /api/v1/units/[id]/officers': operation({
		gate: 'network',
		rule: 'territory.term.see',
		scope: 'units:read',
		summary: 'Who holds the offices of a unit now',
		input: v.object({}),
		output: v.object({ led: v.boolean(), officers: v.array(Officer) }),
		act: (viewer, _input, { id }) => officers(viewer, id!),
	}),
	'POST /api/v1/units/[id]/claim': operation({
		gate: 'members',
		rule: 'territory.bureau.claim',
		scope: 'units:write',
		summary: 'Offer to lead a unit that has nobody',
		status: 201,
		input: v.object({
			reason: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500, 'territory.office_too_long')), ''),
		}),
		output: v.object({ id: v.string() }),
		act: async (viewer, { reason }, { id }) => ({ id: await claim(viewer, { unit: id!, reason }) }),
	}),
	'POST /api/v1/claims/[id]/decide': operation({
		gate: 'office',
		stepUp: true,
		audit: true,
		rule: 'territory.claim.decide',
		scope: 'units:write',
		summary: 'Grant or refuse an offer to lead a unit',
		input: v.object({
			answer: v.picklist(['grant', 'refuse'], 'territory.claim_choose_answer'),
			decision: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500, 'territory.office_too_long')), ''),
		}),
		output: v.object({ done: v.boolean() }),
		act: async (viewer, input, { id }) => {
			await decideClaim(viewer, { claim: id!, ...input });
			return { done: true };
		},
	}),
	'GET /api/v1/recoveries': operation({
		gate: 'app:responsibilities',
		audit: true,
		rule: 'people.recovery.see',
		scope: 'members:read',
		summary:
			'People of your territory who lost every way in and ask officers for their account; each reading is logged',
		input: v.object({}),
		output: v.array(
			v.object({
				id: v.string(),
				personId: v.string(),
				name: v.string(),
				email: v.string(),
				isSameAddress: v.boolean(),
				told: v.string(),
				at: v.string(),
				vouchers: v.number(),
				mine: v.boolean(),
			}),
		),
		act: (viewer) => recoveriesToDecide(viewer),
	}),
	'POST /api/v1/recoveries/[id]/vouch': operation({
		...answersRecovery,
		summary: 'Say that a request is theirs, and how you know; the second officer gives the account back',
		input: v.object({ how: VouchForm.entries.how }),
		output: v.object({ outcome: v.picklist(['waiting', 'done']) }),
		act: async (viewer, { how }, { id }) => ({
			outcome: await vouchFor(viewer, { recovery: id!, how, sure: 'on' }),
		}),
	}),
	'POST /api/v1/recoveries/[id]/refuse': operation({
		...answersRecovery,
		summary: 'Say that a request is not theirs, and why: it stops, and they are told',
		input: v.object({ why: RefuseRecoveryForm.entries.why }),
		output: v.object({ done: v.boolean() }),
		act: async (viewer, { why }, { id }) => {
			await turnDown(viewer, { recovery: id!, why });
			return { done: true };
		},
	}),
	'GET /api/v1/unled-units': operation({
		gate: 'app:responsibilities',
		rule: 'territory.bureau.appoint',
		scope: 'units:read',
		summary:
			'Units of one’s territory that nobody leads, by name: how many people are there, how many offers to lead wait',
		input: v.object({ cursor: v.optional(v.pipe(v.string(), v.maxLength(400, 'app.invalid_value'))) }),
		output: v.object({
			items: v.array(
				v.object({
					...{ id: v.string(), name: v.string(), above: v.nullable(v.string()) },
					...{ people: v.number(), claims: v.number() },
				}),
			),
			count: v.number(),
			next: v.nullable(v.string()),
		}),
		act: async (viewer, { cursor }) => {
			const { rows, count, next } = await unitsWithoutOfficer(viewer, cursor ?? null);
			return { items: rows, count, next };
		},
	}),
	'GET /api/v1/powers': operation({
		gate: 'network',
		scope: 'units:read',
		summary: 'The powers you hold now, and on which units',
		input: v.object({}),
		output: v.object({ held: v.array(v.object({ power: v.string(), unit: v.string(), lent: v.boolean() })) }),
		act: (viewer) => held(viewer),
	}),
};
