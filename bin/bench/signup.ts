// Newcomers, all the way in: the page, name and address, the code, the section, the rhythm, the first page.
import { Agent, request } from 'node:http';
import type postgres from 'postgres';
import { codeOf } from '#domains/people/challenge.ts';
import { fillFeed } from './feed-data.ts';
import type { Measured, Options } from './index.ts';
import { quantile, rounded } from './load.ts';
import { buildPages, runServer, withDatabase } from './scene.ts';

const warmUp = 20;
const newcomers = 200;
const together = 4;

/** Sign-ups per second and how long one takes, whole and by request, in an organisation of this many members. */
export async function measure({ members, say }: Options): Promise<Measured> {
	buildPages();
	const rows: Measured['rows'] = [];
	for (const size of members) {
		await withDatabase(async (owner) => {
			say(`${size} members: filling`);
			await fillFeed(owner, size);
			say(`${size} members: ${newcomers} newcomers`);
			rows.push(await measureSize(owner, size));
		});
	}
	return { rows, raw: {} };
}

async function measureSize(owner: postgres.Sql, members: number): Promise<Measured['rows'][number]> {
	// Each newcomer comes from a network of their own, as our proxy would say: nobody is slowed down for the others.
	process.env.COOPOL_PROXIES = '1';
	const server = await runServer('pages');
	const [section] = await owner<{ id: string }[]>`select id from territory.unit where slug = 'section-7'`;
	const agent = new Agent({ keepAlive: true, maxSockets: together });
	const enter = (n: number) => signUp(new Browser(server.url, agent, n), n, section!.id);
	try {
		await crowd(warmUp, (n) => enter(100_000 + n));
		const cpu = await server.cpuSeconds();
		const from = performance.now();
		const entered = await crowd(newcomers, enter);
		const seconds = (performance.now() - from) / 1000;
		const requests = entered.flat();
		const whole = entered.map((ms) => ms.reduce((sum, one) => sum + one, 0));
		return {
			members,
			newcomers,
			together,
			signUpsPerSecond: rounded(newcomers / seconds),
			signUpsPerCpuSecond: rounded(newcomers / ((await server.cpuSeconds()) - cpu)),
			requests: requests.length / newcomers,
			p50: rounded(quantile(whole, 0.5)),
			p99: rounded(quantile(whole, 0.99)),
			requestP50: rounded(quantile(requests, 0.5)),
			requestP99: rounded(quantile(requests, 0.99)),
		};
	} finally {
		agent.destroy();
		await server.stop();
	}
}

async function crowd<T>(count: number, enter: (n: number) => Promise<T>): Promise<T[]> {
	const entered: T[] = [];
	let next = 0;
	const work = async () => {
		while (next < count) entered.push(await enter(next++));
	};
	await Promise.all(Array.from({ length: together }, work));
	return entered;
}

/** One newcomer, start to end; gives the milliseconds of each request. Throws when a step did not lead to the next one. */
async function signUp(browser: Browser, n: number, unit: string): Promise<number[]> {
	await browser.open('/bienvenue');
	await browser.fill(
		'/bienvenue',
		{ name: 'Aude Nouvelle', email: `newcomer-${n}@rive.example` },
		'/bienvenue/code',
	);
	const code = codeOf(browser.cookie('entry-code'));
	await browser.fill('/bienvenue/code', { code }, '/bienvenue/section');
	await browser.open('/bienvenue/section');
	await browser.fill('/bienvenue/section', { unit, type: 'sympathiser' }, '/bienvenue/reglages');
	await browser.open('/bienvenue/reglages');
	await browser.fill('/bienvenue/reglages', { rhythm: 'weekly' }, '/fil');
	await browser.open('/fil');
	return browser.ms;
}

/** What a browser keeps between pages: its cookies, and where it comes from. */
class Browser {
	readonly ms: number[] = [];
	private readonly cookies = new Map<string, string>();
	private readonly origin: string;
	private readonly agent: Agent;
	private readonly address: string;

	constructor(origin: string, agent: Agent, n: number) {
		this.origin = origin;
		this.agent = agent;
		this.address = `${10 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}.1`;
	}

	cookie(name: string): string {
		return decodeURIComponent(this.cookies.get(name) ?? '');
	}

	async open(path: string): Promise<void> {
		const { status } = await this.send('GET', path);
		if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
	}

	async fill(path: string, fields: Record<string, string>, next: string): Promise<void> {
		const { status, location } = await this.send('POST', path, new URLSearchParams(fields).toString());
		if (status !== 303 || !location.startsWith(next))
			throw new Error(`POST ${path} answered ${status} ${location}`);
	}

	private send(method: string, path: string, body?: string): Promise<{ status: number; location: string }> {
		const headers: Record<string, string> = {
			accept: 'text/html',
			origin: this.origin,
			cookie: [...this.cookies].map((pair) => pair.join('=')).join('; '),
			'x-forwarded-for': this.address,
		};
		if (body)
			Object.assign(headers, {
				'content-type': 'application/x-www-form-urlencoded',
				'content-length': String(body.length),
			});
		const from = performance.now();
		return new Promise((resolve, reject) => {
			const asked = request(this.origin + path, { method, headers, agent: this.agent }, (response) => {
				for (const set of response.headers['set-cookie'] ?? []) {
					const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
					if (name) this.cookies.set(name, value ?? '');
				}
				response.resume().on('end', () => {
					this.ms.push(performance.now() - from);
					resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? '' });
				});
			});
			asked.on('error', reject);
			asked.end(body);
		});
	}
}
