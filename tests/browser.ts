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

/** The same engine without the window's machinery: half the processor's time for a page; no push, no page of errors of its own. */
const light = '/usr/bin/chromium-headless-shell';
const whole = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export type Chrome = {
	path: string;
	/** What this build of it needs besides our own flags. */
	flags: string[];
};

/** What a story needs besides a browser: flags of its own, or all that a Chromium with a window does. */
export type Wanted = { flags?: string[]; whole?: boolean };

/** Whether a Chromium that could have a window is there; the one that npm brings could not. */
export const hasWholeChrome = (): boolean => Boolean(process.env.CHROME) || whole.some(isProgram);

/** Finds a browser: `$CHROME`, else the system's, the lightest that does, else the one that npm brings. Throws when there is none. */
export async function findChrome(isWhole = false): Promise<Chrome> {
	const asked = process.env.CHROME;
	if (asked) {
		if (isProgram(asked)) return { path: asked, flags: [] };
		throw new Error(`CHROME says ${asked}, and no program is there.`);
	}
	const found = (isWhole ? [...whole, light] : [light, ...whole]).find(isProgram);
	return found ? { path: found, flags: [] } : unpackChrome();
}

/** Starts a browser without a window. Close it at the end of the test file. */
export async function launch(wanted: Wanted = {}): Promise<Browser> {
	const chrome = await findChrome(wanted.whole);
	return chromium.launch({
		executablePath: chrome.path,
		args: [...flags, ...chrome.flags, ...(wanted.flags ?? [])],
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
