import { asSystem } from '../db.ts';
import { sql } from '../sql.ts';

/** A mail as the demonstration shows it. */
export interface ShownMail {
	id: string;
	recipient: string;
	subject: string;
	text: string;
	created_at: Date;
}

/** The last fifty mails that have words, newest first: one that is made as it leaves has none before. For the demonstration only: its route exists nowhere else. */
export const recentMails = (): Promise<ShownMail[]> =>
	asSystem('demo', (tx) =>
		tx.many(sql`select id, recipient, message->>'subject' as subject, message->>'text' as text, created_at
			from platform.mail where message ? 'text' order by created_at desc, id desc limit 50`),
	);
