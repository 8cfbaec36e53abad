/** A mail as a program writes it; `headers` come after the usual ones, or instead of those of the same name. */
export function rawMail(
	text: string,
	{ headers = {}, html = '' }: { headers?: Record<string, string | null>; html?: string } = {},
): Buffer {
	const usual: Record<string, string | null> = {
		From: 'Odile <odile@rive.example>',
		Subject: 'Re: [Jardins] Qui vient ?',
		'Message-ID': '<une@rive.example>',
		'MIME-Version': '1.0',
		'Content-Type': `text/${html ? 'html' : 'plain'}; charset=utf-8`,
		'Content-Transfer-Encoding': '8bit',
	};
	const lines = Object.entries({ ...usual, ...headers }).flatMap(([name, value]) =>
		value === null ? [] : [`${name}: ${value}`],
	);
	return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${html || text}\r\n`);
}
