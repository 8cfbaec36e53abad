/** What somebody without account is written about: the link they asked for, a seat that became theirs, or what becomes of the thing. */
export type Occasion = 'confirm' | 'seated' | 'changed' | 'cancelled' | 'reminder';

/** How things stand, with what they come to and with them, when a mail to them leaves. */
export interface AsItLeaves {
	title: string;
	/** What they were last told it is called. */
	known: string | null;
	/** Anybody may read of it. */
	isShown: boolean;
	/** Anybody may come. */
	isOpen: boolean;
	/** It was called off, and would not be over yet. */
	isOff: boolean;
	/** It has not begun. */
	isAhead: boolean;
	comes: boolean;
	/** They come, if a seat becomes free. */
	waits: boolean;
}

// Who gave their place back hears no more of it; of what is called off, that alone is said.
const isTrue: Record<Occasion, (now: AsItLeaves) => boolean> = {
	confirm: ({ isOpen }) => isOpen,
	seated: ({ isOpen, comes, waits }) => isOpen && comes && !waits,
	changed: ({ isOpen, comes }) => isOpen && comes,
	cancelled: ({ isOff, comes }) => isOff && comes,
	reminder: ({ isOpen, isAhead, comes, waits }) => isOpen && isAhead && comes && !waits,
};

/**
 * Under which name a mail may speak of the thing as it leaves: its own, or the one they know where it is public no more. Null when what
 * it would say is not true any more.
 */
export const nameAsItLeaves = (about: Occasion, now: AsItLeaves): string | null =>
	isTrue[about](now) ? (now.isShown ? now.title : now.known) || null : null;
