import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const shell = 'chromium-headless-shell';

/** On a machine for continuous integration, root installs Debian's lightest Chromium; else what is there serves, or npm's. */
export function installBrowser(): void {
	if (process.env.CI !== 'true' || process.env.CHROME || existsSync(`/usr/bin/${shell}`)) return;
	if (process.getuid?.() !== 0) return;
	spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', timeout: 120_000 });
	const words = ['install', '-y', '-qq', '--no-install-recommends', shell];
	spawnSync('apt-get', words, { stdio: 'ignore', timeout: 300_000 });
}
