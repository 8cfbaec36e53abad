import * as v from 'valibot';
import { formVerb, type Operation, operation, plainVerb } from '#platform/domain.ts';
import { MOST } from './answer.ts';
import { AppointForm, appoint, EndTermForm, endTerm } from './appoint.ts';
import { candidates } from './candidates.ts';
import { withdrawClaim } from './claims.ts';
import { acceptHandover, cancelHandover, confirmHandover, ProposeForm, proposeHandover } from './handover.ts';
import { handoverPage, ownTerms } from './handover-page.ts';
import { endLoan, LoanForm, lend, lendableAt } from './loans.ts';
import { officesToFill } from './queries.ts';
import { claimsToDecide, ownHandovers, ownLoans } from './responsibilities.ts';

const done = v.object({ id: v.string() });
const noun = v.object({ fr: v.record(v.string(), v.unknown()), en: v.record(v.string(), v.unknown()) });
const person = v.object({ id: v.string(), name: v.string() });
const instant = v.nullable(v.string());
const powers = v.array(v.string());

const base = '/api/v1';
const unit = `${base}/units/[id]`;
const reads = { gate: 'office', scope: 'units:read' } as const;
// Naming, ending, lending: a second factor given within ten minutes, and an entry in the journal.
const acts = { gate: 'office', scope: 'units:write', stepUp: true, audit: true } as const;
const passes = { gate: 'network', scope: 'units:write', audit: true } as const;
const responsible = { ...reads, gate: 'app:responsibilities' } as const;

/** Who is named to an office, and how it ends: each form of the pages of a unit's officers, for programs. */
const terms: Record<string, Operation> = {
	[`GET ${unit}/candidates`]: operation({
		...reads,
		rule: 'territory.bureau.appoint',
		rate: 'search',
		summary:
			'People of a unit or below whose name goes like this, among those whom one may know to belong there',
		input: v.object({ q: v.pipe(v.string(), v.maxLength(80, 'app.invalid_value')) }),
		output: v.object({ items: v.array(v.object({ ...person.entries, unit: v.string() })) }),
		act: async (viewer, { q }, { id }) => ({ items: (await candidates(viewer, id!, q)).slice(0, MOST) }),
	}),
	[`GET ${unit}/offices`]: operation({
		...reads,
		rule: 'territory.bureau.appoint',
		summary: 'Offices of a unit that one may name somebody to, and how many hold each',
		input: v.object({}),
		output: v.object({ items: v.array(v.object({ id: v.string(), name: noun, holders: v.number() })) }),
		act: async (viewer, _input, { id }) => ({ items: await officesToFill(viewer, id!) }),
	}),
	[`POST ${unit}/terms`]: operation({
		...acts,
		rule: 'territory.bureau.appoint',
		summary: 'Name somebody to an office of a unit, until a day or for good',
		status: 201,
		input: v.strictObject(v.omit(AppointForm, ['unit']).entries),
		output: done,
		act: async (viewer, input, { id }) => ({ id: await appoint(viewer, { ...input, unit: id! }) }),
	}),
	[`POST ${base}/terms/[id]/end`]: formVerb(
		{
			...acts,
			rule: 'territory.term.end',
			summary: 'End a term at once: at the next request its powers are gone',
		},
		v.omit(EndTermForm, ['term']),
		(viewer, term, input) => endTerm(viewer, { ...input, term }),
	),
	[`GET ${base}/claims`]: operation({
		...responsible,
		rule: 'territory.claim.decide',
		summary: 'Offers to lead a unit that wait for this officer, the oldest first',
		input: v.object({}),
		output: v.object({
			items: v.array(
				v.object({
					...{ id: v.string(), personId: v.string(), name: v.string(), unitId: v.string(), unit: v.string() },
					...{ office: noun, reason: v.string(), at: v.string() },
				}),
			),
		}),
		act: async (viewer) => ({ items: (await claimsToDecide(viewer)).rows }),
	}),
	[`DELETE ${base}/claims/[id]`]: plainVerb(
		{
			...passes,
			rule: 'territory.claim.withdraw',
			summary: 'Take back one’s own offer to lead a unit while nobody decided',
		},
		(viewer, claim) => withdrawClaim(viewer, { claim }),
	),
};

/** How an office passes from one person to the next. */
const handovers: Record<string, Operation> = {
	[`GET ${base}/handovers`]: operation({
		gate: 'network',
		scope: 'units:read',
		rule: 'territory.handover.see',
		summary: 'The person’s own terms, and the handovers under way that they are part of',
		input: v.object({}),
		output: v.object({
			terms: v.array(
				v.object({
					...{ id: v.string(), office: noun, unit: v.string(), until: instant },
					...{ powers, provisional: v.boolean(), handover: v.nullable(v.string()) },
				}),
			),
			handovers: v.array(
				v.object({
					...{ id: v.string(), mine: v.string(), other: v.string(), unitId: v.string(), unit: v.string() },
					...{ office: noun, accepted: v.boolean() },
				}),
			),
		}),
		act: async (viewer) => ({ terms: await ownTerms(viewer), handovers: await ownHandovers(viewer) }),
	}),
	[`POST ${base}/terms/[id]/handover`]: operation({
		...acts,
		rule: 'territory.term.handOver',
		summary: 'Name one’s successor, who accepts before anything passes',
		status: 201,
		input: v.strictObject(v.omit(ProposeForm, ['term']).entries),
		output: done,
		act: async (viewer, input, { id }) => ({ id: await proposeHandover(viewer, { ...input, term: id! }) }),
	}),
	[`GET ${base}/handovers/[id]`]: operation({
		gate: 'network',
		scope: 'units:read',
		rule: 'territory.handover.see',
		summary: 'A handover, for those who are part of it: what passes, and whose turn it is',
		input: v.object({}),
		output: v.object({
			...{ id: v.string(), note: v.string(), from: person, to: person, unit: person, office: noun },
			...{ proposed_at: v.string(), accepted_at: instant, confirmed_at: instant, cancelled_at: instant },
			passes: v.object({ powers, people: v.number(), contacts: v.boolean(), page: v.boolean() }),
			mine: v.picklist(['from', 'to', 'other']),
		}),
		act: (viewer, _input, { id }) => handoverPage(viewer, id!),
	}),
	[`PUT ${base}/handovers/[id]/acceptance`]: plainVerb(
		{ ...passes, rule: 'territory.handover.accept', summary: 'Accept the office that one is offered' },
		(viewer, handover) => acceptHandover(viewer, { handover }),
	),
	[`PUT ${base}/handovers/[id]/confirmation`]: plainVerb(
		{
			...acts,
			rule: 'territory.handover.confirm',
			summary: 'Hand the office over: one’s own term ends, theirs begins',
		},
		(viewer, handover) => confirmHandover(viewer, { handover }),
	),
	[`DELETE ${base}/handovers/[id]`]: plainVerb(
		{ ...passes, rule: 'territory.handover.cancel', summary: 'Call a handover off: nothing passes' },
		(viewer, handover) => cancelHandover(viewer, { handover }),
	),
};

/** Powers lent for a time. */
const loans: Record<string, Operation> = {
	[`GET ${base}/loans`]: operation({
		...responsible,
		rule: 'territory.loan.see',
		summary: 'Powers that one lent or borrowed and that still run; those among them that act now',
		input: v.object({}),
		output: v.object({
			items: v.array(
				v.object({
					...{
						id: v.string(),
						mine: v.picklist(['lender', 'borrower']),
						other: v.string(),
						unit: v.string(),
					},
					...{ powers, acting: powers, until: v.string() },
				}),
			),
		}),
		act: async (viewer) => ({ items: await ownLoans(viewer) }),
	}),
	[`GET ${unit}/lendable`]: operation({
		...responsible,
		rule: 'territory.bureau.lend',
		summary: 'What one holds on a unit by an office of one’s own and may lend, and until when',
		input: v.object({}),
		output: v.object({ items: v.array(v.object({ power: v.string(), until: instant })) }),
		act: async (viewer, _input, { id }) => ({ items: await lendableAt(viewer, id!) }),
	}),
	[`POST ${unit}/loans`]: operation({
		...acts,
		gate: 'app:responsibilities',
		rule: 'territory.bureau.lend',
		summary: 'Lend some of one’s powers on a unit to a member, until a day; never more than one holds',
		status: 201,
		input: v.strictObject(v.omit(LoanForm, ['unit']).entries),
		output: done,
		act: async (viewer, input, { id }) => ({ id: await lend(viewer, { ...input, unit: id! }) }),
	}),
	[`DELETE ${base}/loans/[id]`]: plainVerb(
		{
			...acts,
			gate: 'app:responsibilities',
			rule: 'territory.loan.end',
			summary: 'End a loan at once: its lender, its borrower, or who names officers above',
		},
		(viewer, loan) => endLoan(viewer, { loan }),
	),
};

/** Offices of units, from the first offer to the last day, for programs. */
export const termsApi: Record<string, Operation> = { ...terms, ...handovers, ...loans };
