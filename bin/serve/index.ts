import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { compress } from './compress.ts';
import { limitCrowd } from './crowd.ts';
import { drainable } from './drain.ts';
import { isForFiles, type Standing, stateOrigin } from './forwarded.ts';
import { keepPace, type Pace } from './pace.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse, next: () => void) => unknown;

export type Serving = { server: Server; drain: (graceMs: number) => Promise<void> };

const times = {
	/** A visitor has 10 s to say what it wants, ten minutes to send it whole: 50 MB by the slowest lines that are sold. */
	headersTimeout: 10_000,
	requestTimeout: 600_000,
	keepAliveTimeout: 65_000,
	connectionsCheckingInterval: 2_000,
};

const uploads = /^\/(?:fichiers\/|logo(?:\?|$))/;

/** The pages' script, asked for by the name of this build: its bytes never change there, so a browser need not ask again. */
const isNamedByBuild = (url = '') =>
	['/enhance.js', '/enhance-main.js', '/enhance-more.js', '/enhance-map.js'].some(
		(path) => url === `${path}?${process.env.COOPOL_BUILD}`,
	);

/** A kilobyte a second, over half a minute: less is nobody who sends something. */
const pace = { every: 30_000, least: 30_000 };

const limits = { total: 20_000, perAddress: 4096, silentPerAddress: 128 };

/** Puts pages on the network, with compression, time limits and connection limits. Rejects when the port is taken. */
export function serve(
	answer: Answer,
	where: { port: number; host: string; standing: Standing; pace?: Pace },
): Promise<Serving> {
	const server = createServer({ ...times, maxHeaderSize: 16_384 }, (request, response) => {
		stateOrigin(request, where.standing);
		// What the build left for pages (scripts, styles) is not on the uploads' host either.
		if (isForFiles(request, where.standing) && !uploads.test(request.url ?? ''))
			return void response.writeHead(404).end();
		if (isNamedByBuild(request.url))
			response.setHeader('cache-control', 'public, max-age=31536000, immutable');
		compress(request, response);
		keepPace(request, where.pace ?? pace);
		answer(request, response, () => response.writeHead(404).end());
	});
	server.maxConnections = limits.total;
	// Behind our own proxy every connection has its address: the proxy counts its visitors.
	if (where.standing.proxies === 0) limitCrowd(server, limits);
	const drain = drainable(server);
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(where.port, where.host, () => resolve({ server, drain }));
	});
}
