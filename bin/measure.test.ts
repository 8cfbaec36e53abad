import { describe, expect, test } from 'vitest';
import { chance } from './demo/random.ts';
import { measureFile } from './measure.ts';

const lines = (n: number, text = '\tx();') => Array.from({ length: n }, () => text).join('\n');

describe('what the sizes check counts', () => {
	test('a function from its name to its end, wherever it is written', () => {
		const text = `const short = () => 1;
export function long(): void {
${lines(40)}
}
class A {
	method() {
		return () => {
			x();
		};
	}
}
`;
		const { functions, lines: all } = measureFile('src/a.ts', text);
		expect(functions.map(({ name, line, lines: own }) => [name, line, own])).toEqual([
			['short', 1, 1],
			['long', 2, 42],
			['method', 45, 5],
			['a nameless function', 46, 3],
		]);
		expect(all).toBe(50);
	});

	test('in a component, the script alone, with the lines of the whole file', () => {
		const text = `<h1>function no() {}</h1>\n\n<script lang="ts">\n\tfunction yes() {\n\t\treturn 1;\n\t}\n</script>\n<p>any</p>\n`;
		const { functions, anys, lines: all } = measureFile('src/A.svelte', text);
		expect(functions).toEqual([{ name: 'yes', line: 4, lines: 3 }]);
		expect([anys, all]).toEqual([0, 8]);
	});

	test('each `any` that is a type, and none that is a word', () => {
		const text = `// any\nconst any = 'any';\nlet a: any;\nlet b: any[] = c as any;\nconst many = any;\n`;
		expect(measureFile('src/a.ts', text).anys).toBe(3);
	});

	test('comments by the line, once, and not what only looks like one', () => {
		const text = `/**\n * Two lines.\n */\nconst url = 'https://rive.example';\n// one\nconst a = 1; // beside\n`;
		expect(measureFile('src/a.ts', text).comments).toBe(4);
	});

	test('tests and their fixtures apart', () => {
		const paths = ['src/a.test.ts', 'src/a.fixture.ts', 'tests/party.ts', 'src/tests.ts', 'src/contest.ts'];
		expect(paths.map((path) => measureFile(path, '').isTest)).toEqual([true, true, true, false, false]);
	});
});

describe('the chance of the demonstration', () => {
	test('is the same from the same seed, and another from another', () => {
		const draw = (seed: number) => Array.from({ length: 20 }, chance(seed).next);
		expect(draw(7)).toEqual(draw(7));
		expect(draw(7)).not.toEqual(draw(8));
	});

	test('stays within what it is asked, and takes some of a list in order, each once', () => {
		const { next, below, pick, some } = chance(11);
		const list = ['a', 'b', 'c', 'd', 'e'];
		for (let n = 0; n < 500; n++) {
			expect(next()).toBeLessThan(1);
			expect(below(3)).toBeLessThan(3);
			expect(list).toContain(pick(list));
			const few = some(list, n % 8);
			expect(few).toEqual(list.filter((one) => few.includes(one)));
			expect(few).toHaveLength(Math.min(n % 8, 5));
		}
	});
});
