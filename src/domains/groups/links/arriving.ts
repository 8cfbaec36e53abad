import { leadOf } from './follow.ts';
import { signedLink } from './signed.ts';

const before = 'groupe-';
const kept = 'group:';

/** What the sign-up page is told by the page of a link. */
export const invitationOf = (secret: string) => before + secret;

/** An invitation to make an account that comes from a group's link: by whom, where, and what is kept of it, which is not the secret. */
export async function invitedByLink(
	given: string,
): Promise<{ inviter: string; unit: string; seed: string; kept: string } | null> {
	const lead = given.startsWith(before) ? await leadOf(null, given.slice(before.length)) : null;
	return lead && { inviter: lead.inviter, unit: lead.name, seed: lead.groupId, kept: kept + lead.id };
}

/** The link by which somebody made their account, from what was kept. */
export const linkIn = (invitation: string | null): string | null =>
	invitation?.startsWith(kept) ? invitation.slice(kept.length) : null;

/** Where somebody who has an account is led back to the link they followed, from what was kept; null: it was no link. */
export function wayToLink(invitation: string | null | undefined): string | null {
	const id = linkIn(invitation ?? null);
	return id && `/rejoindre/${signedLink(id)}`;
}
