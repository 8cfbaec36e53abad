import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { notFound } from '#platform/errors.ts';
import { consentsOf, withdrawConsent } from './consent.ts';
import { chooseDisplay, DisplayForm, displayOf, NameForm, rename, setStatus } from './settings.ts';

const Me = v.object({
	id: v.string(),
	name: v.string(),
	standing: v.string(),
	units: v.array(v.string()),
	language: v.string(),
	status: v.nullable(v.string()),
});

/** What a program may ask about the person whose key it holds. */
export const api: Record<string, Operation> = {
	'GET /api/v1/me': operation({
		gate: 'network',
		scope: 'me:read',
		summary: 'The person whose key this is',
		input: v.object({}),
		output: Me,
		act: async (viewer) => {
			const { name, language, status_text } = await displayOf(viewer);
			return {
				id: viewer.id,
				name,
				standing: viewer.standing,
				units: [...viewer.units],
				language,
				status: status_text,
			};
		},
	}),
	'GET /api/v1/me/consents': operation({
		gate: 'network',
		scope: 'me:read',
		rule: 'people.consent.see',
		summary: 'Everything the person agreed to, and what they took back',
		input: v.object({}),
		output: v.object({
			items: v.array(
				v.object({
					...{ purpose: v.string(), text_version: v.string(), given_at: v.string() },
					withdrawn_at: v.nullable(v.string()),
				}),
			),
		}),
		act: async (viewer) => ({ items: await consentsOf(viewer) }),
	}),
	'DELETE /api/v1/me/consents/[purpose]': operation({
		gate: 'network',
		scope: 'me:write',
		rule: 'people.consent.withdraw',
		summary: 'Take back what one agreed to',
		input: v.object({}),
		output: v.object({ purpose: v.string() }),
		act: async (viewer, _input, { purpose }) => {
			if (!(await withdrawConsent(viewer, purpose!))) throw notFound();
			return { purpose };
		},
	}),
	'PUT /api/v1/me/name': operation({
		gate: 'network',
		scope: 'me:write',
		summary: 'Change one’s name, as everybody reads it',
		input: v.strictObject(NameForm.entries),
		output: v.object({ name: v.string() }),
		act: async (viewer, input) => {
			await rename(viewer, input);
			return displayOf(viewer);
		},
	}),
	'PUT /api/v1/me/display': operation({
		gate: 'network',
		scope: 'me:write',
		summary: 'Choose the language, how large the text is, the colours, and whether pages are kept light',
		input: v.strictObject({ ...DisplayForm.entries, low_data: v.optional(v.boolean(), false) }),
		output: v.object({
			language: v.string(),
			text_size: v.number(),
			colour_mode: v.string(),
			low_data: v.boolean(),
		}),
		act: async (viewer, { low_data, ...input }) => {
			await chooseDisplay(viewer, { ...input, ...(low_data && { low_data: 'on' }) });
			return displayOf(viewer);
		},
	}),
	'PUT /api/v1/me/status': operation({
		gate: 'network',
		scope: 'me:write',
		summary: 'Sets the status, or clears it with an empty text',
		input: v.object({
			text: v.pipe(v.string(), v.trim(), v.maxLength(120, 'people.status_long')),
			hours: v.optional(v.picklist([4, 24, 168])),
		}),
		output: v.null(),
		act: async (viewer, { text, hours }) => {
			await setStatus(viewer, { text, ...(hours && { hours }) });
			return null;
		},
	}),
};
