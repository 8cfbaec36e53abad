import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { all } from './page.ts';

/**
 * `[data-passkey="/address"]` signs in with a passkey, `[data-passkey-new="/address"]` makes one: the block is hidden until
 * the browser can. The address gives the options to a bare POST and takes the answer by PUT, which says where to go.
 */
export function offerPasskeys(): void {
	if (!('PublicKeyCredential' in window)) return;
	for (const block of all<HTMLElement>('[data-passkey]'))
		offer(block, block.dataset.passkey!, (optionsJSON) =>
			startAuthentication({ optionsJSON: optionsJSON as never }),
		);
	for (const block of all<HTMLElement>('[data-passkey-new]'))
		offer(block, block.dataset.passkeyNew!, (optionsJSON) =>
			startRegistration({ optionsJSON: optionsJSON as never }),
		);
}

function offer(block: HTMLElement, address: string, ask: (options: unknown) => Promise<unknown>): void {
	const button = block.querySelector('button');
	const status = block.querySelector('[role="status"]');
	block.hidden = false;
	button?.addEventListener('click', async () => {
		button.disabled = true;
		try {
			const answer = await ask(await send(address, 'POST'));
			const { to } = (await send(address, 'PUT', answer)) as { to: string };
			location.assign(new URL(to, location.origin));
		} catch (error) {
			button.disabled = false;
			if (status) status.textContent = toldOf(error, block.dataset);
		}
	});
}

function toldOf(error: unknown, { passkeyThere, passkeyFailed = '' }: DOMStringMap): string {
	if (error instanceof Said) return error.message;
	// The browser's word for a device that holds a key of this account already.
	const isThere = error instanceof Error && error.name === 'InvalidStateError';
	return (isThere && passkeyThere) || passkeyFailed;
}

/** What the server said was wrong, already in words. */
class Said extends Error {}

async function send(address: string, method: string, body?: unknown): Promise<unknown> {
	const answer = await fetch(address, {
		method,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body ?? {}),
	});
	const said = (await answer.json()) as { message?: string; to?: string };
	if (answer.ok) return said;
	if (said.to) location.assign(new URL(said.to, location.origin));
	throw new Said(said.message ?? '');
}
