/** One command: its words, what it takes, what it does, and how its result reads. */
export interface Command<Result = never> {
	path: string[];
	/** Names of what must follow, in capitals; the last may end with `…`: it is given once or more. */
	operands: string[];
	summary: string;
	options?: Record<string, { type: 'string' | 'boolean' }>;
	notes?: string;
	/** Exit code when it could not be done for a reason that is not its words; 1 unless said. */
	failure?: number;
	run(operands: string[], options: Record<string, string | boolean | undefined>): Promise<Result>;
	say(result: Result): string;
}

/** Whether as many words were given as the command takes. */
export function takes({ operands }: Pick<Command, 'operands'>, given: string[]): boolean {
	const repeats = operands.at(-1)?.endsWith('…') === true;
	return repeats ? given.length >= operands.length : given.length === operands.length;
}

/** The command was understood wrongly by the person: exit code 2. */
export class Misuse extends Error {}

/** Checks a command's types where it is written, and lets it stand in the list. */
export const command = <Result>(one: Command<Result>) => one as unknown as Command;
