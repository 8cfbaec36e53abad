/** What a service worker is given, as far as we use it: the types of pages and of workers do not go together in one program. */
export interface Waiting extends Event {
	waitUntil(work: Promise<unknown>): void;
}

export interface Asked extends Waiting {
	readonly request: Request;
	/** The answer that the browser began to fetch while the worker woke up. */
	readonly preloadResponse: Promise<Response | undefined>;
	respondWith(answer: Promise<Response> | Response): void;
}

export interface Told extends Waiting {
	readonly data: unknown;
}

interface Tab {
	postMessage(message: unknown): void;
}

interface Scope {
	readonly location: Location;
	readonly registration: ServiceWorkerRegistration;
	readonly clients: { claim(): Promise<void>; matchAll(): Promise<readonly Tab[]> };
	skipWaiting(): Promise<void>;
	addEventListener(type: 'install' | 'activate', hear: (event: Waiting) => void): void;
	addEventListener(type: 'fetch', hear: (event: Asked) => void): void;
	addEventListener(type: 'message', hear: (event: Told) => void): void;
	addEventListener(type: 'sync', hear: (event: Waiting) => void): void;
}

export const scope = self as unknown as Scope;
