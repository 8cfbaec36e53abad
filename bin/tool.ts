import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './sources.ts';

/** The script of a command that a package of ours brings, to run with our own Node on any system. */
export function tool(packageName: string, command = packageName): string {
	const folder = join(root, 'node_modules', packageName);
	const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const path = typeof bin === 'string' ? bin : bin?.[command];
	if (!path) throw new Error(`${packageName} brings no command ${command}`);
	return join(folder, path);
}
