/** What came back of one request, as far as it tells whether the house stood. */
export interface Answer {
	/** 0: the connection was closed without an answer. */
	status: number;
	ms: number;
	text: string;
}

/** What no answer may hold: where the code is, what the database said. What was typed may come back; these are typed by nobody. */
const insides: [RegExp, string][] = [
	[/\n\s+at .{1,200}:\d+:\d+/, 'a stack trace'],
	[/file:\/\/\/|node:internal|node_modules\//, 'a path of the program'],
	[/(?:^|[^a-z])(?:insert into|update|delete from|select [^<]{1,200} from) [a-z]+\.[a-z_]+ /, 'SQL'],
	[
		/invalid input syntax for|violates [a-z-]+ constraint|syntax error at or near|invalid byte sequence|out of range for type|current transaction is aborted/,
		'words of the database',
	],
];

/** What is wrong with an answer, in words; nothing when the house stood. */
export function faultsOf({ status, ms, text }: Answer, secondsAtMost: number): string[] {
	const faults: string[] = [];
	if (status === 0) faults.push('no answer');
	if (status >= 500) faults.push(`status ${status}`);
	if (ms > secondsAtMost * 1000) faults.push('slow');
	for (const [pattern, name] of insides) if (pattern.test(text)) faults.push(name);
	return faults;
}
