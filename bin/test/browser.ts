import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const packages = ['chromium', 'chromium-headless-shell'];

/** On a machine for continuous integration, root installs Debian's Chromium, and the light one that most stories use; else npm's serves. */
export function installBrowser(): void {
	if (process.env.CI !== 'true' || process.env.CHROME || process.getuid?.() !== 0) return;
	const missing = packages.filter((name) => !existsSync(`/usr/bin/${name}`));
	if (!missing.length) return;
	spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', timeout: 120_000 });
	// One by one: a Debian that lacks one of them gives the other.
	for (const name of missing)
		spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], {
			stdio: 'ignore',
			timeout: 300_000,
		});
}
