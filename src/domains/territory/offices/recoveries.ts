import type * as v from 'valibot';
import {
	type RefuseRecoveryForm,
	recoveriesFor,
	recoveriesWaiting,
	refuseRecovery,
	type VouchForm,
	vouch,
} from '#domains/people/index.ts';
import { every, isPresent, policy, type Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { holdsPower } from '../rules.ts';

const isTheirs: Rule = (viewer) => sql`exists (select from territory.attachment
	where attachment.person_id = recovery.person_id and attachment.until is null
		and ${holdsPower('members.contact', sql`attachment.unit_id`)(viewer)})`;
// Else two officers of a section would hand the account of a national one to whom they like.
const isNotAbove: Rule = (
	viewer,
) => sql`not exists (select from territory.term where term.person_id = recovery.person_id
	and term.starts_at <= now() and (term.ends_at is null or term.ends_at > now())
	and not ${holdsPower('members.contact', sql`term.unit_id`)(viewer)})`;
const reaches = every(isPresent, isTheirs, isNotAbove);

/** Who knows that somebody lost their way in, and answers for them: officers who reach their contact, and every office they hold. */
export const recoveries = policy('people.recovery', { see: reaches, vouch: reaches });

/** Requests that wait for the viewer. */
export const recoveriesToDecide = (viewer: Viewer) => recoveriesFor(viewer, recoveries.see);
export const recoveriesToCount = (viewer: Viewer) => recoveriesWaiting(viewer, recoveries.see);
/** Says that it is them; the second officer opens the account. Throws NotFound, Conflict. */
export const vouchFor = (viewer: Viewer, form: v.InferOutput<typeof VouchForm>) =>
	vouch(viewer, form, recoveries.vouch);
/** Says that it is not them. Throws NotFound. */
export const turnDown = (viewer: Viewer, form: v.InferOutput<typeof RefuseRecoveryForm>) =>
	refuseRecovery(viewer, form, recoveries.vouch);
