import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contrast } from '../colour.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const blocks = [...css.matchAll(/(:root[^{]*)\{([^}]*)\}/g)].map(([, selector = '', body = '']) => ({
	selector: selector.trim(),
	tokens: Object.fromEntries(
		[...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]),
	),
}));
const light: Record<string, string> = blocks[0]?.tokens ?? {};
const chosenDark = blocks.find((b) => b.selector.startsWith(':root[data-mode'))?.tokens ?? {};
const deviceDark = blocks.find((b) => b.selector.includes(':not('))?.tokens ?? {};
const modes: [string, Record<string, string>][] = [
	['light', light],
	['dark', { ...light, ...chosenDark }],
];

function hex(tokens: Record<string, string>, name: string): string {
	const value = tokens[name] ?? '';
	const reference = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
	return reference ? hex(tokens, reference) : value;
}

const levels = ['0', '1', '2', '3', 'top'];
const pairs: [string, string, number][] = [
	['text', 'bg', 7],
	['text', 'surface', 7],
	['text-2', 'bg', 4.5],
	['text-2', 'surface', 4.5],
	['text-2', 'surface-2', 4.5],
	['text-2', 'bubble', 4.5],
	['link', 'surface', 4.5],
	['link', 'bg', 4.5],
	['on-action', 'action', 4.5],
	['on-action', 'action-hover', 4.5],
	['action', 'surface', 3],
	['on-action-soft', 'action-soft', 4.5],
	['line-strong', 'surface', 3],
	['text', 'action-soft', 4.5],
	['on-neutral', 'neutral', 4.5],
	['on-inverse', 'inverse', 7],
	['inverse-link', 'inverse', 4.5],
	['ink-900', 'accent', 4.5],
	['focus', 'bg', 3],
	['text-2', 'neutral', 4.5],
	['ok', 'ok-soft', 4.5],
	['warn', 'warn-soft', 4.5],
	['danger', 'danger-soft', 4.5],
	['danger', 'surface', 4.5],
	['surface', 'danger', 4.5],
	...levels.flatMap((l): [string, string, number][] => [
		[`level-${l}`, 'surface', 4.5],
		[`level-${l}`, `level-${l}-soft`, 4.5],
		['on-level', `level-${l}`, 4.5],
	]),
];

test.each(modes)('every pair of colours we put together stays readable (%s)', (_, tokens) => {
	const weak = pairs.filter(
		([front, back, least]) => contrast(hex(tokens, front), hex(tokens, back)) < least,
	);
	expect(weak).toEqual([]);
});

test('the dark of the device and the dark that a person chose are the same', () => {
	expect(Object.keys(chosenDark).length).toBeGreaterThan(30);
	expect(deviceDark).toEqual(chosenDark);
});
