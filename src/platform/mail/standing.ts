import { type Mailbox, MailProblem, oneAddress } from './address.ts';

/** How a mail stands among others: what it answers, the list it comes from. */
export interface Standing {
	/** Message-IDs, `<…>`. */
	inReplyTo?: string;
	references?: readonly string[];
	/** A list of people (RFC 2919): its name in dots, where one writes to it, where it is read. */
	list?: { id: string; post: string | null; archive: string };
	/** It answers a mail by itself: no program answers it. */
	autoReplied?: true;
	replyTo?: Mailbox;
}

const ID = /^<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>$/;
const LIST_ID = /^[a-z0-9][a-z0-9.-]{2,200}$/;

/** The headers that say so. Throws MailProblem on what could leave its header. */
export function standingHeaders({
	inReplyTo,
	references = [],
	list,
	autoReplied,
}: Standing): Record<string, string> {
	if ([...(inReplyTo ? [inReplyTo] : []), ...references].some((id) => !ID.test(id)))
		throw new MailProblem('bad_message_id');
	return {
		'Auto-Submitted': autoReplied ? 'auto-replied' : 'auto-generated',
		...(autoReplied && { 'X-Auto-Response-Suppress': 'All' }),
		...(list && listHeaders(list)),
	};
}

function listHeaders({ id, post, archive }: NonNullable<Standing['list']>): Record<string, string> {
	if (!LIST_ID.test(id) || !/^https?:\/\/[\x21-\x3b\x3d\x3f-\x7e]{1,900}$/.test(archive))
		throw new MailProblem('bad_link');
	return {
		'List-Id': `<${id}>`,
		'List-Post': post ? `<mailto:${oneAddress(post)}>` : 'NO',
		'List-Archive': `<${archive}>`,
	};
}
