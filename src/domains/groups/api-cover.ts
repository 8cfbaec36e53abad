import * as v from 'valibot';
import { type Operation, operation, plainVerb } from '#platform/domain.ts';
import { fileFrom, fileText } from '#platform/files/sent.ts';
import { done, writes } from './api-shapes.ts';
import { CoverForm, dropCover, setCover } from './cover.ts';

const leads = { ...writes, rule: 'groups.circle.lead', audit: true } as const;

/** The picture at the head of a group, for programs of who leads it. */
export const coverApi: Record<string, Operation> = {
	'PUT /api/v1/groups/[id]/cover': operation({
		...leads,
		rate: 'upload',
		summary: 'Put a picture at the head of a group: its bytes in base64, and what is seen on it',
		input: v.strictObject({
			picture: v.optional(fileText('groups.cover_not_picture'), ''),
			description: CoverForm.entries.cover_words,
		}),
		output: done,
		act: async (viewer, { picture, description }, params) => {
			await setCover(viewer, params.id!, { cover: fileFrom(picture), cover_words: description });
			return { id: params.id! };
		},
	}),
	'DELETE /api/v1/groups/[id]/cover': plainVerb(
		{
			...leads,
			summary: 'Take the picture of a group away',
		},
		dropCover,
	),
};
