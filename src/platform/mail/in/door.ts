import { onLeaving } from '../../leaving.ts';
import { mailDoor } from './address.ts';

/**
 * Opens the door for mails where `COOPOL_MAIL_IN` says a port, but in a process that only works; it closes as the server stops.
 * Rejects when the port is taken, or the setting cannot be read.
 */
export async function letMailsIn(role = 'all'): Promise<void> {
	const where = mailDoor();
	if (!where || where === 'pipe' || role === 'worker') return;
	const { openMailDoor } = await import('./listen.ts');
	const door = await openMailDoor(where);
	onLeaving(() => door.close());
}
