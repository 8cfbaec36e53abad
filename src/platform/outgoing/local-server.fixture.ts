import http from 'node:http';
import type { AddressInfo } from 'node:net';

type Respond = (path: string, response: http.ServerResponse) => void;

/** A server on this machine that counts connections and remembers requests; `respond` says how it answers. */
export async function localServer() {
	const usual: Respond = (path, response) => response.end(`page ${path}`);
	const state = { connections: 0, seen: [] as http.IncomingMessage[], respond: usual, port: 0, close, reset };
	const server = http.createServer((request, response) => {
		state.seen.push(request);
		state.respond(request.url ?? '/', response);
	});
	server.on('connection', () => state.connections++);
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	state.port = (server.address() as AddressInfo).port;
	return state;

	function close(): void {
		server.closeAllConnections();
		server.close();
	}
	function reset(): void {
		Object.assign(state, { connections: 0, seen: [], respond: usual });
	}
}
