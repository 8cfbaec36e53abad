import { mailDoor } from './address.ts';

/** Opens the door for mails where `COOPOL_MAIL_IN` says a port; it closes as the server stops. Rejects when the port is taken. */
export async function letMailsIn(): Promise<void> {
	const where = mailDoor();
	if (!where || where === 'pipe') return;
	const { openMailDoor } = await import('./listen.ts');
	const door = await openMailDoor(where);
	process.once('sveltekit:shutdown' as 'exit', () => void door.close());
}
