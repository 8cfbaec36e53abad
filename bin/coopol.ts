// `npm run coopol -- <command>`: what the people who host it do from a terminal. Works whether or not the server runs.
import { parseArgs } from 'node:util';
import { closeDatabase } from '#platform/db.ts';
import { openQueues, stopWorkers } from '#platform/jobs.ts';
import { takeLeave } from '#platform/leaving.ts';
import { explained } from './commands/failure.ts';
import { type Command, commands, Misuse, takes } from './commands/index.ts';
import { bringUpToDate, dataFolder, openDatabase } from './database.ts';
import { root } from './sources.ts';

const name = 'npm run coopol --';

/** Exit codes: 0 done, 1 done but something is wrong (or it failed), 2 the command was not understood; a command may say another for a failure. */
async function run(words: string[]): Promise<number> {
	const command = commands.find(({ path }) => path.every((word, index) => words[index] === word));
	if (!command) return usage(words);
	const rest = words.slice(command.path.length);
	if (rest.includes('--help')) return explain(command);
	try {
		return await perform(command, rest);
	} catch (error) {
		return fail(command, error, rest.includes('--json'));
	}
}

/** Says why it was not done, on the error stream; to a program, as one object on the last line too. */
function fail({ path, failure = 1 }: Command, error: unknown, isJson: boolean): number {
	const sentence = error instanceof Error ? error.message : String(error);
	console.error(isMisuse(error) ? `${sentence}\n\n${name} ${path.join(' ')} --help` : sentence);
	if (isJson) console.log(JSON.stringify({ ok: false, error: sentence }));
	return isMisuse(error) ? 2 : failure;
}

const isMisuse = (error: unknown) =>
	error instanceof Misuse || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true;

type Options = Record<string, string | boolean | undefined>;

async function perform(command: Command, rest: string[]): Promise<number> {
	const { values, positionals }: { values: Options; positionals: string[] } = parseArgs({
		args: rest,
		allowPositionals: true,
		options: { ...command.options, json: { type: 'boolean' as const } },
	});
	if (!takes(command, positionals))
		throw new Misuse(`expected: ${command.operands.join(' ') || 'nothing more'}`);
	process.env.COOPOL_DATA = dataFolder();
	// What follows the header of a table is rows: whatever else is said goes to the other output.
	const print = console.log;
	if (values.csv) console.log = console.error;
	const database = await openDatabase();
	try {
		await bringUpToDate(database);
		// What a command sets off is done by the server, even by one that never started here yet.
		await import('#registry.ts');
		await openQueues();
		const result = await command.run(positionals, values);
		print(values.json ? JSON.stringify(result) : command.say(result));
		return (result as { ok?: boolean }).ok === false ? 1 : 0;
	} catch (error) {
		throw await explained(error);
	} finally {
		takeLeave();
		await stopWorkers();
		await closeDatabase();
		await database.stop();
	}
}

/** The commands that begin with these words; all of them, as an error, when none does and no help was asked. */
function usage(words: string[]): number {
	const typed = words.filter((word) => !word.startsWith('-'));
	const near = commands.filter(({ path }) => typed.every((word, index) => path[index] === word));
	const code = typed.length && !(near.length && words.includes('--help')) ? 2 : 0;
	const shown = near.length ? near : commands;
	const width = Math.max(...shown.map(({ path, operands }) => [...path, ...operands].join(' ').length));
	const lines = shown.map(
		({ path, operands, summary }) => `  ${[...path, ...operands].join(' ').padEnd(width)}  ${summary}`,
	);
	(code ? console.error : console.log)(`${name} <command> [--json] [--help]\n\n${lines.join('\n')}`);
	return code;
}

function explain({ path, operands, summary, options = {}, notes = '' }: Command): number {
	const flags = [
		...Object.entries(options).map(([flag, { type }]) => `  --${flag}${type === 'string' ? ' VALUE' : ''}`),
		'  --json     the result as one object, on the last line',
	];
	console.log(
		`${name} ${[...path, ...operands].join(' ')}\n\n${summary}\n${notes && `\n${notes}\n`}\n${flags.join('\n')}`,
	);
	return 0;
}

process.chdir(root);
// On a database of one's own, who listens for changed settings would keep a command that is done from ending.
process.exit(await run(process.argv.slice(2)));
