import { type Node, parseMessage, type Value, type Values } from './message.ts';
import { slots } from './noun.ts';

const slotName = new RegExp(`^(.+?)_(${slots.join('|')})$`);
/** Endings that no ordinary argument has: such a name must be in the lexicon. ("reply_to" may be an argument.) */
const surelySlot = /_(?:one|many|a|the|de|my|your|this|your_one|de_many)$/;

/** Calls back for every node of a message, with the node just before it. */
export function walk(nodes: Node[], visit: (node: Node, before: Node | undefined) => void): void {
	for (const [at, node] of nodes.entries()) {
		visit(node, nodes[at - 1]);
		if (node.type === 5 || node.type === 6)
			for (const option of Object.values(node.options)) walk(option.value, visit);
	}
}

/** The text that people wrote in a message, without its arguments. */
export function literalText(message: string): string {
	const texts: string[] = [];
	walk(parseMessage(message), (node) => {
		if (node.type === 0) texts.push(node.value);
	});
	return texts.join('\n');
}

/** The entry and the ending of a lexicon slot, or nothing for an ordinary argument. */
export function slotIn(name: string, entries: Set<string>): { entry: string; slot: string } | undefined {
	const [, entry, slot] = slotName.exec(name) ?? [];
	if (!entry || !slot) return undefined;
	const lower = entry.charAt(0).toLowerCase() + entry.slice(1);
	return entries.has(lower) || surelySlot.test(name) ? { entry: lower, slot } : undefined;
}

/** Names of the arguments that the caller of a message must give, sorted. */
export function argumentsOf(message: string, entries: Set<string>): string[] {
	const names = new Set<string>();
	walk(parseMessage(message), (node) => {
		if (node.type === 0 || node.type === 7) return;
		if (node.value !== 'house_name' && !slotIn(node.value, entries)) names.add(node.value);
	});
	return [...names].sort();
}

function samplesOf(node: Node): Value[] {
	if (node.type === 3 || node.type === 4) return [new Date('2026-11-24T18:30:00Z')];
	if (node.type === 2) return [1234];
	if (node.type === 5) return Object.keys(node.options);
	if (node.type !== 6) return ['Ada'];
	const exact = Object.keys(node.options).flatMap((key) =>
		key.startsWith('=') ? [Number(key.slice(1))] : [],
	);
	return [...new Set([0, 1, 2, 1234, ...exact])];
}

/** Values that lead a message through each of its branches. */
export function sampleValues(message: string): Values[] {
	const samples = new Map<string, Value[]>();
	walk(parseMessage(message), (node) => {
		if (node.type === 0 || node.type === 7) return;
		const known = samples.get(node.value) ?? [];
		const more = samplesOf(node);
		if (node.type !== 1 || known.length === 0)
			samples.set(node.value, node.type === 1 ? more : merge(known, more));
	});
	let all: Values[] = [{}];
	for (const [name, values] of samples) {
		all = all.flatMap((before) => values.map((value) => ({ ...before, [name]: value })));
	}
	return all;
}

function merge(known: Value[], more: Value[]): Value[] {
	return [...new Set([...known.filter((value) => value !== 'Ada'), ...more])];
}
