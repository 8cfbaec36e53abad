/** Categories by which a person chooses what reaches them, and how; `digest` is the mail of the week itself. */
export const categories = [
	'answers',
	'messages',
	'friends',
	'unit',
	'events',
	'groups',
	'missions',
	'office',
	'thanks',
	'safety',
	'digest',
] as const;
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
	/** About the keys of the account or its data: it does not wait for the end of quiet hours. */
	urgent?: true;
	/** Who announced it writes the mail: whatever was chosen here, or read. */
	ownMail?: true;
}

/** Where a comment is read, on whichever page of a long discussion it stands. */
export const commentAt = (postId: string, id: string) => `/publications/${postId}?vers=${id}#c-${id}`;

const post = ({ placeId, subjectId }: Lead) =>
	subjectId && subjectId !== placeId ? commentAt(placeId!, subjectId) : `/publications/${placeId}`;
const person = ({ byId }: Lead) => `/personnes/${byId}`;
const unit = ({ unitId }: Lead) => `/unites/${unitId}`;
const handover = ({ subjectId, unitId }: Lead) => `/unites/${unitId}/bureau/passation/${subjectId}`;
const mission = ({ subjectId }: Lead) => `/missions/${subjectId}`;
const group = ({ subjectId }: Lead) => `/groupes/${subjectId}`;
const subject = ({ subjectId }: Lead) => `/sujets/${subjectId}`;
const event = ({ placeId }: Lead) => `/evenements/${placeId}`;
const question = ({ placeId, subjectId }: Lead) => `/evenements/${placeId}#q-${subjectId}`;
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
	webhook_stopped: { category: 'office', href: () => '/administration/webhooks' },
	mission_enrolled: { category: 'missions', href: mission },
	mission_visited: { category: 'missions', href: mission },
	mission_changed: { category: 'missions', href: mission },
	mission_cancelled: { category: 'missions', href: mission },
	mission_closed: { category: 'missions', href: mission },
	mission_tomorrow: { category: 'missions', href: mission },
	group_asked: { category: 'groups', href: (lead) => `${group(lead)}/membres` },
	group_accepted: { category: 'groups', href: group },
	group_invited: { category: 'groups', href: group },
	group_excluded: { category: 'groups', href: () => '/groupes' },
	group_inherited: { category: 'groups', href: group },
	group_asleep: { category: 'groups', href: group },
	group_fading: { category: 'groups', href: group },
	subject_proposed: { category: 'office', href: () => '/administration/sujets#propositions' },
	subject_added: { category: 'groups', href: subject },
	subject_answered: { category: 'groups', href: () => '/sujets#propositions' },
	subject_retired: { category: 'groups', href: subject },
	subject_merged: { category: 'groups', href: subject },
	subject_parted: { category: 'groups', href: subject },
	idea_asked: { category: 'missions', href: ({ subjectId }) => `/initiatives/${subjectId}` },
	idea_accepted: { category: 'missions', href: ({ subjectId }) => `/initiatives/${subjectId}` },
	sanctioned: { category: 'safety', href: decision },
	report_answered: { category: 'safety', href: () => '/securite' },
	appeal_answered: { category: 'safety', href: decision },
	report_waits: { category: 'safety', href: () => '/moderation' },
	report_reversed: { category: 'safety', href: () => '/securite' },
	appeal_waits: { category: 'safety', href: () => '/moderation' },
	export_ready: { category: 'safety', href: () => '/compte/donnees', urgent: true },
	erasure_asked: { category: 'safety', href: () => '/compte/donnees', urgent: true, ownMail: true },
	message_received: { category: 'messages', href: ({ subjectId }) => `/messages/${subjectId}` },
	message_requested: { category: 'messages', href: ({ subjectId }) => `/messages/${subjectId}` },
	event_invited: { category: 'events', href: event },
	event_changed: { category: 'events', href: event },
	event_cancelled: { category: 'events', href: event },
	event_seated: { category: 'events', href: event },
	event_reminder: { category: 'events', href: event },
	event_reported: { category: 'events', href: ({ placeId }) => `/evenements/${placeId}/compte-rendu` },
	event_replied: { category: 'events', href: question },
	event_asked: { category: 'office', href: question },
	event_unit_asked: { category: 'office', href: event },
	event_unit_accepted: { category: 'office', href: event },
	event_unit_refused: { category: 'office', href: event },
	event_unit_dropped: { category: 'office', href: unit },
};
