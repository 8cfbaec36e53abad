import { invitedByLink } from '#domains/groups/index.ts';
import { showInvitation } from '#domains/territory/index.ts';

/** What an invitation opens onto: a place, or a group; and what is kept of it while the account is made. Null when nothing. */
export async function invitedBy(given: string) {
	const link = await invitedByLink(given);
	if (link) return link;
	const found = await showInvitation(given);
	return found && { inviter: found.inviter, unit: found.unit.name, seed: found.unit.id, kept: given };
}
