import { script } from './page.ts';

type Policies = {
	createPolicy(
		name: string,
		rules: { createScriptURL(address: string): string },
	): {
		createScriptURL(address: string): string;
	};
};

let allowed: string | undefined;

/** The worker's address names this build; no other address is ever run. A page may make its policy once. */
function workerAddress(): string {
	const address = script('enhance-worker');
	const { trustedTypes } = window as { trustedTypes?: Policies };
	const rules = {
		createScriptURL(asked: string) {
			if (asked !== address) throw new TypeError(asked);
			return asked;
		},
	};
	allowed ??= trustedTypes?.createPolicy('worker', rules).createScriptURL(address) ?? address;
	return allowed;
}

/** Has the worker of this build stand beside the pages (src/worker); only where its person asked for something it does. */
export async function beginWorker(): Promise<ServiceWorkerRegistration> {
	await navigator.serviceWorker.register(workerAddress());
	return navigator.serviceWorker.ready;
}
