import { rehearsal } from '#platform/rehearsal.ts';

const say = console.error;
let hushed = 0;

/**
 * Keeps the run's own noise out of what is read: an error while something is off is its doing (the database's constraints
 * may well refuse what a rule let through); any other is told in one line.
 */
export function hush(): void {
	console.error = (...words: unknown[]) => {
		const knock = rehearsal().knock.getStore();
		if (knock?.mutant || knock?.rowsOff) hushed++;
		else say(...words.map((word) => (word instanceof Error ? firstLines(word) : word)));
	};
}

/** The stage is taken down under a server that still holds connections: what they say then is not news. */
export function deafen(): void {
	console.error = () => {};
}

export const hushedErrors = () => hushed;

const firstLines = ({ stack, message }: Error) => (stack ?? message).split('\n').slice(0, 3).join('\n');
