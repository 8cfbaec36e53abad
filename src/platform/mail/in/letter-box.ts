import type { Mail } from '../queue.ts';

/** A mail that came in, as the domain whose address it was sent to reads it. Nothing of it is trusted but the address. */
export interface Letter {
	/** What the signed address says. */
	payload: Buffer;
	/** The one address it says it comes from, in lower case. */
	from: string;
	subject: string;
	/** The new words, without what they answer nor signature; empty when there was nothing else. */
	text: string;
	isTooLong: boolean;
	/** What came with it, in its order, not judged yet; the small pictures that a signature draws are no files. */
	files: File[];
	/** The same for the same mail, however often it comes: fit for `requestKey`. */
	once: string;
	/** `<…>`, where it may be repeated in a header. */
	messageId: string | null;
	/** Its sender's program asks for no automatic answer. */
	isUnanswered: boolean;
}

/** Why a mail was let fall without a word. */
export type Drop = 'address' | 'forged' | 'sender' | 'robot' | 'unreadable';

/** What became of a mail: taken, with perhaps an answer to its sender; or let fall. */
export type Outcome = { answer?: Mail | undefined } | { dropped: Drop };

/** What a mail to one kind of address does. Repeatable: a mail may be given twice. */
export type LetterBox = (letter: Letter) => Promise<Outcome>;

const boxes = new Map<string, LetterBox>();

/** Says what mails to `kind+…@…` do; a domain does so when it is declared. */
export function declareLetterBox(kind: string, box: LetterBox): void {
	boxes.set(kind, box);
}

/** What mails to this kind of address do; undefined when nobody declared it. */
export const letterBox = (kind: string): LetterBox | undefined => boxes.get(kind);
