// The bootstrap: runs a TypeScript program of this folder from a fresh clone, on any Node ≥ 18.
// It installs what the lockfile asks when that changed, then hands over to the Node that npm installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants as system } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.coopol-lock');
const [script = stop('Usage: node bin/run.mjs <script.ts> [arguments]'), ...words] = process.argv.slice(2);

await install();
handOver(findNode());

/** @param {string} sentence @returns {never} */
function stop(sentence) {
	console.error(sentence);
	process.exit(1);
}

async function install() {
	const wanted = createHash('sha256')
		.update(readFileSync(join(root, 'package-lock.json')))
		.digest('hex');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
	if (!isInstalled()) await runNpm();
	try {
		writeFileSync(stamp, wanted);
	} catch {
		// A read-only install that is complete: nothing to remember, the check above is done at each start.
	}
}

// npm writes this list last: an interrupted install has none. Someone may have run npm by hand.
function isInstalled() {
	try {
		const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
		const found = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')).packages;
		const needsTools = script.endsWith('test.ts') || !existsSync(join(root, 'build/handler.js'));
		return Object.entries(wanted).every(([path, { version, optional, dev, devOptional, peer }]) => {
			const isSpare = optional || peer || ((dev || devOptional) && !needsTools);
			if (path === '' || (!found[path] && isSpare)) return true;
			return found[path]?.version === version && existsSync(join(root, path));
		});
	} catch {
		return false;
	}
}

async function runNpm() {
	refuseReadOnly();
	console.log('Installing what package-lock.json asks for (npm ci)…');
	const from = Date.now();
	rmSync(stamp, { force: true });
	const options = [
		'ci',
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
		'--prefer-offline',
		'--loglevel=error',
		// What builds the pages is a tool as well, whatever NODE_ENV says.
		'--include=dev',
	];
	const [command = 'npm', ...before] = npm();
	const shell = command === 'npm' && process.platform === 'win32';
	const child = spawn(command, [...before, ...options], { cwd: root, stdio: 'inherit', shell });
	// Our end must be its end: an npm left behind would still write when the next one starts.
	const interrupt = () => child.kill();
	for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.once(signal, interrupt);
	const status = await new Promise((done) => {
		child.once('error', (error) => stop(`npm cannot be started (${error.message}). Put it on PATH.`));
		child.once('exit', done);
	});
	if (status !== 0) stop(explain(status));
	for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.off(signal, interrupt);
	console.log(`Installed in ${((Date.now() - from) / 1000).toFixed(1)} s.`);
}

function refuseReadOnly() {
	for (const folder of [root, modules].filter((path) => existsSync(path))) {
		try {
			accessSync(folder, constants.W_OK);
		} catch {
			stop(
				`Packages must be installed, and this account may not write in ${folder}. Run it as the folder's owner.`,
			);
		}
	}
}

function npm() {
	const own = process.env.npm_execpath;
	return own?.includes('npm') && existsSync(own) ? [process.execPath, own] : ['npm'];
}

/** @param {number | null} status */
function explain(status) {
	return [
		`npm could not install the packages (it ended with ${status ?? 'an interruption'}).`,
		'Without network? Connect once, or fill the npm cache, then run the same command again: it starts over.',
	].join('\n');
}

function findNode() {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const name = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
	const pinned = join(modules, `node-${platform}-${process.arch}`, name);
	if (existsSync(pinned)) return pinned;
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
	return stop(
		`No Node 24 comes from npm for ${platform} ${process.arch}: install Node ≥ 22.18 and try again.`,
	);
}

/** @param {string} node Path of the Node that runs the program. */
function handOver(node) {
	const path = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	const env = { ...process.env, [path]: [dirname(node), process.env[path]].filter(Boolean).join(delimiter) };
	const options = ['--disable-warning=ExperimentalWarning', join(root, script), ...words];
	// The channel tells the program that we died without a word (`kill -9`), so that it does not stay behind.
	const child = spawn(node, options, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
	child.on('error', (error) => stop(`${node} cannot be started: ${error.message}`));
	for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP', 'SIGINT'])) {
		// A terminal sends Ctrl-C to the program as well: once is enough.
		process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
	}
	child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? system.signals[signal] : 0)));
}
