import * as v from 'valibot';
import { declaredApps } from '#platform/apps.ts';
import { type App, type GateRule, type Operation, operation } from '#platform/domain.ts';
import { house, wordsOf } from '#platform/house.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Key } from '#platform/wording/index.ts';
import { editGate, GateForm, gateList, previewGate, ruleFrom } from './gates.ts';
import { openings } from './openings.ts';
import { rights, why } from './rights.ts';

const reads = { gate: 'app:gates', rule: 'territory.gate.see', scope: 'structure:read' } as const;
const rightsReads = { gate: 'app:rights', rule: 'territory.term.see', scope: 'structure:read' } as const;

const sent = {
	open: GateForm.entries.open,
	kinds: v.pipe(GateForm.entries.kinds, v.description('With `office`: keys of levels; none means any')),
	power: v.pipe(GateForm.entries.power, v.description('With `office`: a power that the office must have')),
};
const rule = v.object({
	open: v.picklist(openings),
	kinds: v.optional(v.array(v.string())),
	power: v.optional(v.string()),
});
const app = { name: v.string(), title: v.string(), href: v.string(), rule, passing: v.number() };
const noun = v.object({ fr: v.record(v.string(), v.unknown()), en: v.record(v.string(), v.unknown()) });

/** An app with its rule, named in the reader's language. */
async function said(viewer: Viewer, rows: { app: App; rule: GateRule; passing: number }[]) {
	const words = wordsOf(await house(), viewer.language);
	return rows.map(({ app: { name, label, href, fixed }, ...row }) => ({
		...row,
		...{ name, href, title: words.say(label as Key), fixed: Boolean(fixed) },
	}));
}

/** Who is let into which app, and who may do what: the pages that say and keep it, for programs. */
export const gatesApi: Record<string, Operation> = {
	'GET /api/v1/apps': operation({
		...reads,
		summary:
			'Every app: who is let in, how many that is, whether the organisation chose it; `fixed` ones are part of the house. `powers`: all that a gate may ask for',
		input: v.object({}),
		output: v.object({
			items: v.array(v.object({ ...app, chosen: v.boolean(), fixed: v.boolean() })),
			powers: v.array(v.string()),
		}),
		act: async (viewer) => ({
			items: await said(viewer, await gateList(viewer)),
			powers: declaredApps().powers,
		}),
	}),
	'POST /api/v1/apps/preview': operation({
		...reads,
		rate: 'search',
		summary: 'How many people a rule would let in; changes nothing',
		input: v.strictObject(sent),
		output: v.object({ passing: v.number() }),
		act: async (viewer, typed) => ({ passing: await previewGate(viewer, ruleFrom(typed)) }),
	}),
	'PUT /api/v1/apps/[app]/gate': operation({
		...reads,
		rule: 'territory.gate.edit',
		scope: 'structure:write',
		stepUp: true,
		audit: true,
		summary: 'Say who is let into an app, from the next request on; nobody shuts themselves out of the gates',
		input: v.strictObject(sent),
		output: v.object({ app: v.string() }),
		act: async (viewer, typed, params) => {
			await editGate(viewer, { ...typed, app: params.app! });
			return { app: params.app! };
		},
	}),
	'GET /api/v1/rights': operation({
		...rightsReads,
		summary: 'Who may do what: each office with its powers and how many hold it, each app with who is let in',
		input: v.object({}),
		output: v.object({
			offices: v.array(
				v.object({
					...{ id: v.string(), kindKey: v.string(), kind: noun, office: noun },
					...{ powers: v.array(v.string()), holders: v.number() },
				}),
			),
			apps: v.array(v.object(app)),
		}),
		act: async (viewer) => {
			const { offices, apps } = await rights(viewer);
			return { offices, apps: await said(viewer, apps) };
		},
	}),
	'GET /api/v1/people/[id]/rights/[power]': operation({
		...rightsReads,
		summary: 'Why a person may do something: their offices, and what was lent to them',
		input: v.object({}),
		output: v.object({
			person: v.object({ id: v.string(), name: v.string() }),
			reasons: v.array(
				v.object({
					...{ unitId: v.string(), unit: v.string(), office: noun },
					...{ until: v.nullable(v.string()), lender: v.nullable(v.string()) },
				}),
			),
		}),
		act: (viewer, _input, { id, power }) => why(viewer, id!, power!),
	}),
};
