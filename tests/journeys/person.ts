import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFailed } from 'vitest';
import { hasWholeChrome, launch, type Wanted } from '#tests/browser.ts';
import { inspect, inspectCopy } from './look.ts';

export type Way = { width: number; height: number; script: boolean };
export const phone = { width: 360, height: 740 };
export const desktop = { width: 1280, height: 900 };

/** How one comes: telephone or computer, with the script or without. */
export const ways: [string, Way][] = [
	['a telephone without script', { ...phone, script: false }],
	['a computer with the script', { ...desktop, script: true }],
	['a telephone with the script', { ...phone, script: true }],
	['a computer without script', { ...desktop, script: false }],
];

/** One's own site, or the one that nobody has founded yet. */
export const siteAddress = () => new URL(process.env.COOPOL_SITE ?? '').origin;
export const newSiteAddress = () => process.env.COOPOL_NEW_SITE ?? '';

let browser: Browser | undefined;

/** Call at the top of a story: the browser it wants is there before it, and closed after. */
export function story(wanted: Wanted = {}): void {
	beforeAll(async () => {
		browser = await launch(wanted);
	}, 60_000);
	afterAll(async () => {
		await browser?.close();
	});
}

/** As `story`, for what only a whole Chromium does. False where there is none: the stories are then skipped, and why is said. */
export function wholeStory(what: string): boolean {
	story({ whole: true });
	if (!hasWholeChrome())
		console.log(`skipped: ${what} needs a whole Chromium (Debian’s chromium, or CHROME)`);
	return hasWholeChrome();
}

/** Somebody with a browser of their own. Whatever page they open is looked at: what is wrong is kept until `leave`. */
export class Person {
	readonly page: Page;
	readonly way: Way;
	readonly address: string;
	readonly wrongs: string[] = [];
	/** What they touched: fields filled, buttons and choices tapped. */
	touches = 0;
	/** Status codes that the story expects; the browser's console says them as errors. */
	expects: number[] = [];

	constructor(page: Page, way: Way, address: string) {
		this.page = page;
		this.way = way;
		this.address = address;
		this.listen();
	}

	private listen(): void {
		const { page, wrongs } = this;
		page.on('request', (request) => {
			const url = new URL(request.url());
			if (/^https?:$/.test(url.protocol) && url.origin !== this.address) wrongs.push(`asked outside: ${url}`);
		});
		page.on('response', (answer) => {
			if (answer.status() >= 400 && !this.expects.includes(answer.status())) {
				wrongs.push(`${answer.status()} ${answer.request().method()} ${answer.url()}`);
			}
		});
		page.on('pageerror', (error) => wrongs.push(`script: ${error.message}`));
		page.on('console', (message) => {
			if (message.type() !== 'error' || /status of (4|5)\d\d/.test(message.text())) return;
			wrongs.push(`console on ${page.url()}: ${message.text()}`);
		});
	}

	/** Opens a page of the site by its address, and looks at it. */
	async open(path: string): Promise<void> {
		await this.page.goto(new URL(path, this.address).href);
		await this.look();
	}

	/**
	 * Looks at the page in front: axe, nothing wider than the screen at 100 % and 150 %, one first title. Not again if a screen like
	 * this one showed the same page, and somewhere each kind of its elements.
	 */
	async look(): Promise<void> {
		const { page, way, wrongs } = this;
		const here = new URL(page.url()).pathname;
		if (!isNew(`${way.width} ${way.script}`, here, await page.content())) return;
		const found = way.script ? await inspect(page, way) : await inspectCopy(page, way);
		wrongs.push(...found.map((wrong) => `${here} ${way.width} px: ${wrong}`));
	}

	/** The first field, list or box with that label. */
	field(label: Words, within: Locator | Page = this.page): Locator {
		return within.getByLabel(asRead(label)).and(within.locator('input, textarea, select')).first();
	}

	/** Types in the field of that label. */
	async fill(label: Words, text: string, within?: Locator): Promise<void> {
		this.touches++;
		await this.field(label, within).fill(text);
	}

	/** Chooses a radio button or a box by its label. */
	async pick(label: Words, within?: Locator): Promise<void> {
		this.touches++;
		await this.field(label, within).check({ force: true });
	}

	/** Opens what is folded under these words. */
	async unfold(words: Words, within: Locator | Page = this.page): Promise<void> {
		this.touches++;
		await within
			.locator('summary', { hasText: asRead(words) })
			.first()
			.click();
	}

	/** Taps a button and looks at the page it leads to. */
	async press(name: Words, within: Locator | Page = this.page): Promise<void> {
		await this.touch(within.getByRole('button', { name: asRead(name) }).first());
	}

	/** Follows a link and looks at the page it leads to. */
	async follow(name: Words, within: Locator | Page = this.page): Promise<void> {
		await this.touch(within.getByRole('link', { name: asRead(name) }).first());
	}

	/** Touches something that leads to another page, and looks at that one; `stays`: it leads nowhere. */
	async touch(target: Locator, { stays = false } = {}): Promise<void> {
		this.touches++;
		if (stays) return target.click();
		const moved = this.page.waitForEvent('load', { timeout: 20_000 });
		moved.catch(() => {});
		await target.click();
		await moved;
		await this.look();
	}

	/** Waits for something that comes by itself, asking again every quarter of a second. */
	async until(sees: () => Promise<boolean>, seconds = 20): Promise<void> {
		const end = Date.now() + seconds * 1000;
		while (!(await sees())) {
			if (Date.now() > end) throw new Error(`Still not there after ${seconds} s, on ${this.page.url()}`);
			await this.page.waitForTimeout(250);
		}
	}

	/** How this browser shows pages: the same cookies as the account page gives (`mode`, `text`). */
	async chooses(display: Record<string, string>): Promise<void> {
		const cookies = Object.entries(display).map(([name, value]) => ({ name, value, url: this.address }));
		await this.page.context().addCookies(cookies);
	}

	/** All that the page says, with the spaces, hyphens and apostrophes that one types. */
	async text(within: Locator = this.page.locator('body')): Promise<string> {
		return (await within.innerText())
			.replaceAll(/[\u00a0\u202f]/g, ' ')
			.replaceAll('\u2011', '-')
			.replaceAll('’', "'");
	}

	/** The path of the page in front. */
	get path(): string {
		return new URL(this.page.url()).pathname;
	}
}

type Words = string | RegExp;

/** Words as one types them, found as the page prints them: thin spaces, unbreakable hyphens, curved apostrophes. */
export function asRead(words: Words): RegExp {
	if (typeof words !== 'string') return words;
	const plain = words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(
		plain.replaceAll(/['’]/g, "['’]").replaceAll('-', '[-\u2011]').replaceAll(' ', '[ \u00a0\u202f]'),
	);
}

/** Somebody arrives with a fresh browser, from an address of their own as the site's proxy says it. */
export async function someone(way: Way, address = siteAddress()): Promise<Person> {
	const { script, ...viewport } = way;
	const context = await browser!.newContext({
		viewport,
		javaScriptEnabled: script,
		locale: 'fr-FR',
		timezoneId: 'Europe/Paris',
		reducedMotion: 'reduce',
		extraHTTPHeaders: { 'x-forwarded-for': `10.${octet()}.${octet()}.${octet()}` },
		...(viewport.width < 600 && { hasTouch: true, isMobile: true }),
	});
	context.setDefaultTimeout(15_000);
	const person = new Person(await context.newPage(), way, address);
	onTestFailed(async () => {
		const seen = await person.text().catch(() => 'closed');
		console.log(`On ${person.page.url()}:`, seen.slice(0, 1500), person.wrongs);
	});
	return person;
}

const octet = () => 1 + Math.floor(Math.random() * 250);

/** They close their browser; answers what was wrong on the pages they saw. */
export async function leave(...people: Person[]): Promise<string[]> {
	for (const { page } of people) await page.context().close();
	return people.flatMap(({ wrongs }) => wrongs);
}

/** Enters the demonstration, or another site that shows one, as one of its cast, by its page. */
export async function become(who: string, way: Way, address = siteAddress()): Promise<Person> {
	const person = await someone(way, address);
	await person.open('/demo');
	await person.touch(person.page.locator(`button[name="who"][value="${who}"]`));
	return person;
}

/** The last code, or link, that was mailed to this address and that nobody asked for yet; waits for it. */
export async function mailedTo(email: string, wanted: RegExp): Promise<string> {
	for (let i = 0; i < 40; i++) {
		const html = await (await fetch(`${siteAddress()}/dev/mail`)).text();
		const mail = html.split('<h2').find((piece) => piece.includes(email));
		const found = mail
			?.replace(/<[^>]*>/g, ' ')
			.replaceAll('&amp;', '&')
			.match(wanted);
		const word = found?.[1] ?? found?.[0];
		if (word && !given.has(word)) return given.add(word) && word;
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
	throw new Error(`no mail to ${email} with ${wanted}`);
}

/** Pages and kinds of elements already looked at, by screen. */
const looked = new Set<string>();

/** Whether this page, or a kind of its elements, was not yet looked at on such a screen; from now on they were. */
function isNew(screen: string, path: string, html: string): boolean {
	const before = looked.size;
	const [root] = /<html[^>]*>/.exec(html) ?? [''];
	looked.add(`${screen} ${root} ${path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')}`);
	for (const [, name, rest = ''] of html.matchAll(/<([a-z][a-z0-9-]*)((?:\s[^<>]*)?)>/g)) {
		const kind = [...rest.matchAll(/\b(?:class|role|type)="[^"]*"/g)].join(' ');
		looked.add(`${screen} ${root} ${name} ${kind}`);
	}
	return looked.size > before;
}

const given = new Set<string>();
