import { invitationOf, invitedByLink, wayToLink } from '#domains/groups/index.ts';
import { type Entered, goOn, nextOf } from '#domains/people/index.ts';
import { showInvitation } from '#domains/territory/index.ts';

/** What an invitation opens onto: a place, or a group; and what is kept of it while the account is made. Null when nothing. */
export async function invitedBy(given: string) {
	const link = await invitedByLink(given);
	if (link) return link;
	const found = await showInvitation(given);
	return found && { inviter: found.inviter, unit: found.unit.name, seed: found.unit.id, kept: given };
}

/** What is kept of a group's link that somebody follows who has to sign in first; undefined: they go elsewhere. */
export async function followedTo(next: string): Promise<string | undefined> {
	const [, code] = /^\/rejoindre\/([^/?]+)$/.exec(next) ?? [];
	return code && (await invitedByLink(invitationOf(code)))?.kept;
}

/** Goes on after a proof; who has an account and came by a group's link goes back to it, on whichever device. */
export function goOnInvited(event: Parameters<typeof goOn>[0], entered: Entered) {
	const next = nextOf(event.url);
	return goOn(event, entered, next === '/' ? (wayToLink(entered.invitation) ?? next) : next);
}
