import type { Language } from './house.ts';
import type { Args, Key, Words } from './index.ts';
import { type Compiled, compileMessage, type Value } from './message.ts';
import { formatNumber } from './numbers.ts';

/** A few messages that a script says in a browser: their texts, and the language that they are in. */
export interface FewMessages {
	language: Language;
	texts: Record<string, string>;
}

/** Says them as the server does: the same typography, the same plurals. They hold no name of the lexicon, no date. */
export function sayingFew({ language, texts }: FewMessages): Pick<Words, 'say' | 'number'> {
	const compiled = new Map<string, Compiled>();
	const show = (value: Value) =>
		typeof value === 'number' ? formatNumber(value, language) : String(value ?? '');
	const say = (key: Key, args: Args = {}) => {
		const message =
			compiled.get(key) ?? compileMessage(texts[key] ?? key, { language, slot: () => undefined });
		compiled.set(key, message);
		return typeof message === 'string' ? message : message(args, ({ name }, values) => show(values[name]));
	};
	return { say, number: (n, options) => formatNumber(n, language, options) };
}
