import type { Server, ServerResponse } from 'node:http';

/** Ends a server without breaking a request: what is being answered is answered, streams are closed. */
export function drainable(server: Server): (graceMs: number) => Promise<void> {
	const open = new Set<ServerResponse>();
	let draining = false;
	server.prependListener('request', (_request, response) => {
		open.add(response);
		response.once('close', () => open.delete(response));
		if (draining) response.setHeader('connection', 'close');
	});
	return (graceMs) =>
		new Promise((done) => {
			draining = true;
			const late = setTimeout(() => server.closeAllConnections(), graceMs);
			server.close(() => {
				clearTimeout(late);
				done();
			});
			for (const response of open) farewell(response);
			server.closeIdleConnections();
		});
}

// Browsers reconnect an event stream by themselves, to whoever answers next.
function farewell(response: ServerResponse): void {
	if (response.getHeader('content-type') === 'text/event-stream') response.destroy();
	else if (!response.headersSent) response.setHeader('connection', 'close');
}
