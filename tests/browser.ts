import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const flags = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

// The first is the same engine without the window's machinery: half the processor's time for a page.
const installed = [
	'/usr/bin/chromium-headless-shell',
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
];

export type Chrome = {
	path: string;
	/** What this build of it needs besides our own flags. */
	flags: string[];
};

/** Finds a browser: `$CHROME`, else the system's, else the one that npm brings. Throws when there is none. */
export async function findChrome(): Promise<Chrome> {
	const asked = process.env.CHROME;
	if (asked) {
		if (isProgram(asked)) return { path: asked, flags: [] };
		throw new Error(`CHROME says ${asked}, and no program is there.`);
	}
	const found = installed.find(isProgram);
	return found ? { path: found, flags: [] } : unpackChrome();
}

/** Starts a browser without a window, with `more` flags. Close it at the end of the test file. */
export async function launch(...more: string[]): Promise<Browser> {
	const chrome = await findChrome();
	return chromium.launch({
		executablePath: chrome.path,
		args: [...flags, ...chrome.flags, ...more],
		chromiumSandbox: false,
	});
}

// Its own flags are made for one request in a cloud function: several at once need several processes, and
// pages must keep the web's safety rules, which our tests check.
const unwanted =
	/^--(single-process|no-zygote|headless|disable-web-security|allow-running-insecure-content|disable-site-isolation-trials|disable-features|in-process-gpu|use-|enable-unsafe|ignore-gpu|disk-cache)/;

async function unpackChrome(): Promise<Chrome> {
	const { default: packed } = await import('@sparticuz/chromium');
	const path = await packed.executablePath().catch((cause: Error) => {
		throw new Error('No browser: set CHROME, install Debian’s chromium, or run npm ci again.', { cause });
	});
	return { path, flags: packed.args.filter((flag) => !unwanted.test(flag)) };
}

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
