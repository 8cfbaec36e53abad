// A server apart, so that its processor time is its own: the built pages, or a bare "hello" as the limit.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { adapterSettings, readStanding } from '../serve/forwarded.ts';
import { type Answer, serve } from '../serve/index.ts';
import { buildName, root } from '../sources.ts';
import type { Asked } from './importing.ts';

const server = process.argv[2] === 'hello' ? await hello() : await pages();
process.on('message', async (asked: 'cpu' | Asked) => {
	if (asked === 'cpu') return process.send?.(process.cpuUsage());
	// As `ROLE=all` does, which serves and works in one process.
	const { importAsked } = await import('./importing.ts');
	await importAsked(asked);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: (server.address() as AddressInfo).port });

async function pages() {
	Object.assign(process.env, adapterSettings, {
		COOPOL_BUILD: buildName(),
		COOPOL_INSECURE: 'yes',
		ROLE: 'web',
	});
	const { handler } = (await import(join(root, 'build/handler.js'))) as { handler: Answer };
	return (await serve(handler, { port: 0, host: '127.0.0.1', standing: readStanding() })).server;
}

function hello() {
	const bare = createServer((_, response) => response.end('hello'));
	return new Promise<typeof bare>((resolve) => bare.listen(0, '127.0.0.1', () => resolve(bare)));
}
