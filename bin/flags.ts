import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
type Read<O extends Options> = ReturnType<
	typeof parseArgs<{ options: O & { help: { type: 'boolean' } }; allowPositionals: true }>
>;

/**
 * What was typed after the name of a program. `--help` says how it is used and ends there; a flag that it does not know, or more
 * `words` than it takes, ends with 2 before anything is begun: `npm start -- --nwe` must not lay the demonstration down.
 */
export function readFlags<const O extends Options>(usage: string, options: O, words = 0): Read<O> {
	const read = attempt(usage, options);
	if (read.values.help) {
		console.log(usage);
		process.exit(0);
	}
	if (read.positionals.length > words) misused(usage, `Not understood: ${read.positionals[words]}`);
	return read as Read<O>;
}

function attempt(usage: string, options: Options) {
	try {
		return parseArgs({
			options: { ...options, help: { type: 'boolean', short: 'h' } },
			allowPositionals: true,
		});
	} catch (error) {
		return misused(usage, (error as Error).message);
	}
}

/** Says what was not understood, then how the program is used, on the error stream; ends with 2. */
export function misused(usage: string, why: string): never {
	console.error(`${why}\n\n${usage}`);
	process.exit(2);
}
