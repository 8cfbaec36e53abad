import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { fileAsked } from '#platform/files/holders.ts';

/** The bytes of what is shown beside words, for programs. */
export const filesApi: Record<string, Operation> = {
	'GET /api/v1/files/[id]': operation({
		gate: 'network',
		rule: 'feed.post.see',
		scope: 'files:read',
		bytes: true,
		summary:
			'A file that the person may see: of a post, a message, a report, a group or a profile; pictures as WebP, at the width asked',
		input: v.object({
			w: v.optional(
				v.pipe(
					v.string(),
					v.regex(/^\d{1,4}$/, 'app.invalid_value'),
					v.description('The smallest width that will do, in pixels: 480, 960 or 1600'),
				),
			),
		}),
		output: v.unknown(),
		act: async (viewer, { w }, { id }) => {
			const whole = await fileAsked(viewer, id!, { w });
			// A player asks for parts; a program is given all of it, and is not told otherwise.
			whole.headers.delete('accept-ranges');
			return whole;
		},
	}),
};
