import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { displayOf, setStatus } from './settings.ts';

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
