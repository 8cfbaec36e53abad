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

/** What a push service brought. */
export interface Pushed extends Waiting {
	readonly data: { json(): unknown } | null;
}

/** A notification that was pressed. */
export interface Pressed extends Waiting {
	readonly notification: { readonly data: unknown; close(): void };
}

interface Tab {
	postMessage(message: unknown): void;
	focus?(): Promise<unknown>;
	navigate?(address: string): Promise<unknown>;
}

interface Scope {
	readonly location: Location;
	readonly registration: ServiceWorkerRegistration;
	readonly clients: {
		claim(): Promise<void>;
		matchAll(which?: { type: 'window' }): Promise<readonly Tab[]>;
		openWindow(address: string): Promise<unknown>;
	};
	skipWaiting(): Promise<void>;
	addEventListener(type: 'install' | 'activate', hear: (event: Waiting) => void): void;
	addEventListener(type: 'fetch', hear: (event: Asked) => void): void;
	addEventListener(type: 'message', hear: (event: Told) => void): void;
	addEventListener(type: 'push', hear: (event: Pushed) => void): void;
	addEventListener(type: 'notificationclick', hear: (event: Pressed) => void): void;
	addEventListener(type: 'sync', hear: (event: Waiting) => void): void;
}

export const scope = self as unknown as Scope;
