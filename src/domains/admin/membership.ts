import * as v from 'valibot';
import { allTypes, createType, editType, moveType, setTypeState } from '#domains/people/index.ts';
import { keyFrom, nounFields, nounFrom } from '#domains/territory/index.ts';
import { record } from '#platform/audit.ts';
import type { Tx } from '#platform/db.ts';
import type { Viewer } from '#platform/viewer.ts';
import { insist } from './policy.ts';

const id = v.pipe(v.string(), v.uuid('app.invalid_value'));
const sentence = v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(200, 'admin.types_sentence_long'));
const text = { ...nounFields, description_fr: sentence, description_en: sentence };

/** The right to change kinds of membership, with its entry in the journal of acts. */
const noted = (act: string, detail: Record<string, string>) => async (tx: Tx, viewer: Viewer) => {
	await insist(tx, viewer);
	await record(tx, { actorId: viewer.id, act: `admin.${act}`, subject: 'membership_type', detail });
};

const textFrom = (typed: v.InferOutput<typeof EditTypeForm>) => ({
	name: nounFrom(typed),
	description: {
		...(typed.description_fr && { fr: typed.description_fr }),
		...(typed.description_en && { en: typed.description_en }),
	},
});

export const EditTypeForm = v.object(text);
export const CreateTypeForm = v.object({
	...text,
	grants: v.picklist(['member', 'sympathiser'], 'admin.types_choose_grants'),
});

/** Adds a kind of membership; gives its id. */
export function addType(viewer: Viewer, typed: v.InferOutput<typeof CreateTypeForm>): Promise<string> {
	const written = textFrom(typed);
	const key = keyFrom(written.name.fr.one_m);
	return createType(
		viewer,
		{ ...written, key, grants: typed.grants },
		noted('create_membership_type', { key, grants: typed.grants }),
	);
}

/** Renames a kind of membership. */
export const renameType = (viewer: Viewer, typeId: string, typed: v.InferOutput<typeof EditTypeForm>) => {
	const written = textFrom(typed);
	return editType(
		viewer,
		typeId,
		written,
		noted('edit_membership_type', { type: typeId, name: written.name.fr.one_m }),
	);
};

export const StateForm = v.object({
	id,
	state: v.picklist(['offered', 'kept', 'retired'], 'app.invalid_value'),
});

/** Offers, keeps or retires a kind of membership. */
export const placeType = (viewer: Viewer, { id: typeId, state }: v.InferOutput<typeof StateForm>) =>
	setTypeState(viewer, typeId, state, noted('place_membership_type', { type: typeId, state }));

export const OrderForm = v.object({ id, direction: v.picklist(['up', 'down'], 'app.invalid_value') });

/** Moves a kind of membership one place. */
export const orderType = (viewer: Viewer, { id: typeId, direction }: v.InferOutput<typeof OrderForm>) =>
	moveType(viewer, typeId, direction, noted('order_membership_type', { type: typeId, direction }));

/** Every kind of membership, with how many have it, for who keeps them. Throws NotFound. */
export const keptTypes = (viewer: Viewer) => allTypes(viewer, insist);
