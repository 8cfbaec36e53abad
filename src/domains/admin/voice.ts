import * as v from 'valibot';
import type { Viewer } from '#platform/viewer.ts';
import type { House } from '#platform/wording/index.ts';
import { version } from './identity.ts';
import { change } from './organisation.ts';

export const manners = ['epicene', 'doublets', 'middot', 'masculine'] as const;
const voice = {
	address: v.picklist(['tu', 'vous'], 'admin.voice_choose'),
	inclusive: v.picklist(manners, 'admin.voice_choose'),
	language: v.picklist(['fr', 'en'], 'admin.voice_choose'),
};
export const VoiceForm = v.object({ ...voice, version });
export type Voice = Pick<House, 'address' | 'inclusive' | 'language'>;

/** How the house speaks to people: tu or vous, its way of writing for women and men, its first language. */
export const editVoice = (viewer: Viewer, { version, ...chosen }: v.InferOutput<typeof VoiceForm>) =>
	change(viewer, { part: 'voice', version, act: 'edit_voice', detail: { ...chosen }, patch: () => chosen });

export const WaysForm = v.object({
	signUp: v.picklist(['open', 'invited'], 'admin.ways_choose'),
	rhythm: v.picklist(['weekly', 'concerned', 'asap'], 'admin.ways_choose'),
	/** Ticked: the mail of the week also goes to people of the file without account. */
	before_account: v.optional(v.literal('on', 'app.invalid_value')),
	version,
});

/** Who may make an account, how often newcomers are written to until they choose, and who gets the mail of the week. */
export function editWays(
	viewer: Viewer,
	{ version, before_account, ...ways }: v.InferOutput<typeof WaysForm>,
) {
	const chosen = { ...ways, digestBeforeAccount: before_account === 'on' };
	return change(viewer, { part: 'ways', version, act: 'edit_ways', detail: chosen, patch: () => chosen });
}
