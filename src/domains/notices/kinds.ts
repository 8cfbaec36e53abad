/** Categories by which a person chooses what reaches them by mail. */
export const categories = ['answers', 'friends', 'unit', 'office', 'safety', 'thanks'] as const;
export type Category = (typeof categories)[number];

/** A notice as its kind reads it to say where it leads. */
export interface Lead {
	subjectId: string | null;
	placeId: string | null;
	unitId: string | null;
	/** The last person who caused it, among those the reader hears. */
	byId: string | null;
}

/** A kind of notice: what it belongs to, and where its line leads. Its sentence is `notices.on_` and its name. */
export interface Kind {
	category: Category;
	href: (lead: Lead) => string;
}

/** Where a comment is read, on whichever page of a long discussion it stands. */
export const commentAt = (postId: string, id: string) => `/publications/${postId}?vers=${id}#c-${id}`;

const post = ({ placeId, subjectId }: Lead) =>
	subjectId && subjectId !== placeId ? commentAt(placeId!, subjectId) : `/publications/${placeId}`;
const person = ({ byId }: Lead) => `/personnes/${byId}`;
const unit = ({ unitId }: Lead) => `/unites/${unitId}`;
const handover = ({ subjectId, unitId }: Lead) => `/unites/${unitId}/bureau/passation/${subjectId}`;
const mission = ({ subjectId }: Lead) => `/missions/${subjectId}`;
const decision = ({ subjectId }: Lead) => `/securite/decisions/${subjectId}`;

/** Every kind of notice of the house. */
export const kinds: Readonly<Record<string, Kind>> = {
	commented: { category: 'answers', href: post },
	replied: { category: 'answers', href: post },
	mentioned: { category: 'answers', href: post },
	thanked: { category: 'thanks', href: post },
	asked: { category: 'friends', href: () => '/contacts#recues' },
	accepted: { category: 'friends', href: person },
	welcomed: { category: 'unit', href: unit },
	confirmed: { category: 'unit', href: unit },
	joined: { category: 'unit', href: unit },
	term_started: { category: 'office', href: unit },
	term_ended: { category: 'office', href: unit },
	claim_made: { category: 'office', href: unit },
	claim_decided: { category: 'office', href: unit },
	handover_proposed: { category: 'office', href: handover },
	handover_accepted: { category: 'office', href: handover },
	handover_confirmed: { category: 'office', href: handover },
	loan_started: { category: 'office', href: unit },
	recovery_waits: { category: 'office', href: () => '/responsabilites/acces' },
	loan_ended: { category: 'office', href: unit },
	targets_given: { category: 'office', href: unit },
	idea_asked: { category: 'unit', href: ({ subjectId }) => `/initiatives/${subjectId}` },
	idea_accepted: { category: 'unit', href: ({ subjectId }) => `/initiatives/${subjectId}` },
	mission_enrolled: { category: 'unit', href: mission },
	mission_changed: { category: 'unit', href: mission },
	mission_cancelled: { category: 'unit', href: mission },
	mission_closed: { category: 'unit', href: mission },
	mission_tomorrow: { category: 'unit', href: mission },
	sanctioned: { category: 'safety', href: decision },
	report_answered: { category: 'safety', href: () => '/securite' },
	appeal_answered: { category: 'safety', href: decision },
	report_waits: { category: 'safety', href: () => '/moderation' },
	export_ready: { category: 'safety', href: () => '/compte/donnees' },
	erasure_asked: { category: 'safety', href: () => '/compte/donnees' },
};
