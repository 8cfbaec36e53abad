import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const packages = ['chromium', 'chromium-headless-shell'];

/** On a machine for continuous integration, root installs Debian's Chromium, and the light one that most stories use; else npm's serves. */
export function installBrowser(): void {
	if (process.env.CI !== 'true' || process.env.CHROME || process.getuid?.() !== 0) return;
	if (packages.every((name) => existsSync(`/usr/bin/${name}`))) return;
	spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', timeout: 120_000 });
	const words = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
	spawnSync('apt-get', words, { stdio: 'ignore', timeout: 300_000 });
}
