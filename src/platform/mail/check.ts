/** Whether what a mail tells of (`about`) is still for this person. */
export type MailCheck = (personId: string, about: string) => Promise<boolean>;

const checks = new Map<string, MailCheck>();

/** Mails of this kind are asked again as they leave: one that waited is not sent to who may not read it any more. */
export function declareMailCheck(kind: string, check: MailCheck): void {
	checks.set(kind, check);
}

/** Whether a mail that waits may leave; one of whose kind nobody asks may. */
export async function isStillFor({
	kind,
	personId,
	message,
}: {
	kind: string;
	personId: string | null;
	message: { about?: string };
}): Promise<boolean> {
	const check = checks.get(kind);
	return !check || !personId || !message.about || check(personId, message.about);
}
