import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { root } from '../sources.ts';

export type Ran = { code: number; output: string };

/** Runs one of our scripts, or of our tools, with our own Node and gives its exit code and all it printed. */
export async function run(
	script: string,
	words: string[] = [],
	env: Record<string, string> = {},
): Promise<Ran> {
	const options = ['--disable-warning=ExperimentalWarning', script, ...words];
	const child = spawn(process.execPath, options, {
		cwd: root,
		env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
	return { code: code ?? 1, output: `${out}${err}`.trim() };
}
