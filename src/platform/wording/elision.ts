import type { Node, Shown } from './message.ts';

/** A small word that loses its vowel, as the end of what stands before a value. */
const small = /(?<![\p{L}’'-])([Dd]|[Qq]u)e $/u;
/** Names that begin by a vowel and take none away: Ouattara, Iannis, onze, oui. An h is not guessed. */
const kept = /^(?:ou[aeiouéè]|i[aeou]|onz|oui\b|ouist|uhlan)/iu;
const vowel = /^[aeiouàâäéèêëîïôöùûüœæ]/iu;

/** The small word before a value, joined to it: "de Samuel", "d’Odile". */
export const joined = (before: string, value: string): string =>
	vowel.test(value) && !kept.test(value) ? `${before.slice(0, -2)}’${value}` : before + value;

/**
 * Gives each value the small word that stands before it, so that both are written together: what a name begins with is
 * known only when it is said.
 */
export function lendSmallWords(nodes: Node[], shown: Map<string, Shown>): Node[] {
	const result: Node[] = [];
	for (const node of nodes) {
		const last = result.at(-1);
		const place = node.type === 1 ? shown.get(node.value) : undefined;
		const [before] = (place && last?.type === 0 && small.exec(last.value)) || [];
		if (!place || !before || last?.type !== 0) {
			result.push(insideOf(node, shown));
			continue;
		}
		last.value = last.value.slice(0, -before.length);
		if (!last.value) result.pop();
		const key = `${place.name}|${place.style}|${before}`;
		shown.set(key, { ...place, before });
		result.push({ type: 1, value: key });
	}
	return result;
}

function insideOf(node: Node, shown: Map<string, Shown>): Node {
	if (node.type === 0) return { ...node };
	if (node.type !== 5 && node.type !== 6) return node;
	const options = Object.entries(node.options).map(([choice, option]) => {
		return [choice, { ...option, value: lendSmallWords(option.value, shown) }];
	});
	return { ...node, options: Object.fromEntries(options) };
}
