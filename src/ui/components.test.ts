import { createRawSnippet } from 'svelte';
import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import { readable } from '#tests/reading.ts';
import Avatar from './Avatar.svelte';
import AvatarStack from './AvatarStack.svelte';
import Check from './Check.svelte';
import Choice from './Choice.svelte';
import Empty from './Empty.svelte';
import ErrorSummary from './ErrorSummary.svelte';
import Field from './Field.svelte';
import Meter from './Meter.svelte';
import Notice from './Notice.svelte';
import PageHead from './PageHead.svelte';
import Pager from './Pager.svelte';
import PollBars from './PollBars.svelte';
import ProgressLine from './ProgressLine.svelte';
import { problemsOf } from './problems.ts';
import Segment from './Segment.svelte';
import Stepper from './Stepper.svelte';
import Steps from './Steps.svelte';
import Toast from './Toast.svelte';

const drawn = (view: unknown, props: object): string => render(view as never, { props: props as never }).body;
const read = (view: unknown, props: object) => readable(drawn(view, props));
const words = (html: string) => createRawSnippet(() => ({ render: () => html }));
const attribute = (html: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(html)?.[1];

describe('a field', () => {
	const name = { name: 'name', label: 'Ton nom' };
	test('is tied to its label, its hint, its error and its counter, and to nothing that is not there', () => {
		expect(attribute(drawn(Field, name), 'aria-describedby')).toBeUndefined();
		const html = drawn(Field, {
			...name,
			hint: 'En entier',
			error: 'Il manque ton nom.',
			counter: 'Encore {n}',
		});
		const ids = attribute(html, 'aria-describedby')!.split(' ');
		expect(ids).toEqual(['name-hint', 'name-error', 'name-count']);
		for (const id of ids) expect(html).toContain(`id="${id}"`);
		expect(attribute(html, 'for')).toBe('name');
		expect(attribute(html, 'aria-invalid')).toBe('true');
	});

	test('without error is not said to be wrong', () => {
		expect(drawn(Field, name)).not.toContain('aria-invalid');
	});

	test('keeps what was typed, as text, in each of its shapes', () => {
		const value = '</textarea><b>"Ô"';
		for (const type of ['text', 'textarea'])
			expect(drawn(Field, { ...name, type, value })).not.toContain('<b>');
		const options = [
			{ value: '1', label: 'Un' },
			{ value: '2', label: 'Deux', disabled: true },
		];
		const select = drawn(Field, { ...name, type: 'select', value: 2, options });
		expect(select).toMatch(/<option value="2"[^>]*selected[^>]*>/);
		expect(select).not.toMatch(/<option value="1"[^>]*selected/);
	});

	test('empty and absent are the same to the reader', () => {
		expect(drawn(Field, { ...name, value: null })).not.toContain('value="null"');
		expect(drawn(Field, { ...name, type: 'textarea', value: undefined })).not.toContain('undefined');
	});
});

describe('choices', () => {
	const options = [
		{ value: 'a', label: 'Oui' },
		{ value: 'b', label: 'Non', hint: 'Plus tard peut-être' },
	];
	test('one answer among several: the one kept is ticked, alone', () => {
		const html = drawn(Choice, { name: 'it', legend: 'Tu viens ?', options, value: 'b', required: true });
		expect(html.match(/type="radio"/g)).toHaveLength(2);
		expect(html.match(/\schecked/g)).toHaveLength(1);
		expect(html).toMatch(/value="b"[^>]*checked|checked[^>]*value="b"/);
	});

	test('several answers never ask the browser to require each of them', () => {
		const html = drawn(Choice, { name: 'it', legend: 'Quoi ?', options, multiple: true, required: true });
		expect(html.match(/type="checkbox"/g)).toHaveLength(2);
		expect(html).not.toContain('required');
	});

	test('a wrong answer is said in the group, after its hint', () => {
		const html = drawn(Choice, {
			name: 'it',
			legend: 'Quoi ?',
			options,
			hint: 'Une seule',
			error: 'Choisis.',
		});
		expect(attribute(html, 'aria-describedby')).toBe('it-hint it-error');
		expect(readable(html)).toMatch(/Quoi \? Une seule Oui Non.*Choisis\./);
	});

	test('a single box says its problem; fine, it says none', () => {
		expect(drawn(Check, { name: 'sure', label: 'Je suis sûre' })).not.toContain('aria-invalid');
		const wrong = drawn(Check, { name: 'sure', label: 'Je suis sûre', error: 'Coche la case.' });
		expect(wrong).toContain(`id="${attribute(wrong, 'aria-describedby')}"`);
		expect(readable(wrong)).toContain('Coche la case.');
	});

	test('one tap answers by a button, or by a radio that speaks its size', () => {
		const sizes = [
			{ value: '1', label: 'Aa', size: 1, spoken: 'Petit' },
			{ value: '2', label: 'Aa', size: 2, spoken: 'Grand' },
		];
		expect(drawn(Segment, { name: 's', legend: 'Taille', options: sizes, value: '2' })).toContain(
			'aria-label="Grand"',
		);
		const buttons = drawn(Segment, {
			name: 's',
			legend: 'Taille',
			options: sizes,
			value: '2',
			buttons: true,
		});
		expect(buttons.match(/aria-pressed="true"/g)).toHaveLength(1);
		expect(buttons).not.toContain('type="radio"');
	});
});

describe('a poll', () => {
	const options = [
		{ value: 'a', label: 'Jeudi', percent: 100, words: '3 pers.', checked: true },
		{ value: 'b', label: 'Samedi', percent: -5, words: '0 pers.' },
	];
	const poll = { name: 'choices', legend: 'Quand ?', options, mineWord: 'ta réponse' };
	test('open, it is fields; closed, a list where one’s own answer is named', () => {
		expect(drawn(PollBars, poll).match(/type="radio"/g)).toHaveLength(2);
		const closed = drawn(PollBars, { ...poll, closed: true });
		expect(closed).not.toContain('<input');
		expect(readable(closed).match(/ta réponse/g)).toHaveLength(1);
	});

	test('a bar never leaves its frame', () => {
		const wild = [{ ...options[0]!, percent: 340 }, options[1]!];
		expect(
			[...drawn(PollBars, { ...poll, options: wild }).matchAll(/width="([\d.-]+)%"/g)].map(
				([, width]) => width,
			),
		).toEqual(['100', '0']);
	});
});

describe('measures', () => {
	test.each([
		[50, 200, '25.0'],
		[300, 200, '100.0'],
		[-1, 200, '0.0'],
		[1, 0, '0'],
	])('%d of %d is drawn %s %', (value, max, percent) => {
		expect(drawn(Meter, { value, max, label: 'Place', words: 'x' })).toContain(
			`class="part" width="${percent}%"`,
		);
	});

	test('a long work says where it is, even before it knows how long it is', () => {
		const html = drawn(ProgressLine, { done: 0, total: 0, label: 'Lignes', words: 'on compte' });
		expect(html).toContain('width="0%"');
		expect(attribute(html, 'aria-valuetext')).toBe('on compte');
	});

	test('steps are drawn for the eye and said in words', () => {
		const html = drawn(Steps, { current: 2, total: 3, label: 'Étape 2 sur 3' });
		expect([html.match(/<li/g)!.length, html.match(/class="on"/g)!.length, readable(html)]).toEqual([
			3,
			2,
			'Étape 2 sur 3',
		]);
	});

	test('a finished step is said finished, the present one is marked, the next has its number', () => {
		const steps = [
			{ label: 'Fichier', state: 'done', href: '/a' },
			{ label: 'Colonnes', state: 'current' },
			{ label: 'Aperçu', state: 'todo' },
		];
		const html = drawn(Stepper, { label: 'Import', steps, doneWord: 'fait' });
		expect(readable(html)).toMatch(/^fait ?Fichier 2 ?Colonnes 3 ?Aperçu$/);
		expect(html.match(/aria-current="step"/g)).toHaveLength(1);
		expect(html.match(/<a /g)).toHaveLength(1);
	});
});

describe('what a page says', () => {
	test('no problem, no summary; two, each leads to its field', () => {
		expect(read(ErrorSummary, { title: 'À revoir', errors: [] })).toBe('');
		const html = drawn(ErrorSummary, {
			title: 'À revoir',
			errors: [
				{ href: '#name', text: 'Il manque ton nom.' },
				{ href: '#email', text: 'Il manque ton e-mail.' },
			],
		});
		expect([...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual(['#name', '#email']);
		expect(html).toContain('role="alert"');
	});

	test('a danger interrupts, the rest waits for a pause, and what was always there says nothing', () => {
		const says = (tone: string, live: boolean) =>
			attribute(drawn(Notice, { tone, live, children: words('<p>x</p>') }), 'role');
		expect([says('danger', true), says('warn', true), says('danger', false)]).toEqual([
			'alert',
			'status',
			undefined,
		]);
	});

	test('a toast carries its way back with everything it needs, or none', () => {
		const toast = { children: words('<span>C’est fait.</span>'), closeLabel: 'Fermer' };
		expect(drawn(Toast, toast)).not.toContain('<form');
		const html = drawn(Toast, {
			...toast,
			undo: { action: '/x?/undo', label: 'Annuler', fields: { id: '7' } },
		});
		expect(html).toContain('action="/x?/undo"');
		expect(html).toContain('<input type="hidden" name="id" value="7"');
	});

	test('a list that ends has no pager; one that goes on has one link, from the middle two', () => {
		expect(drawn(Pager, {})).not.toContain('pager');
		expect(read(Pager, { next: { href: '?a', label: 'La suite' } })).toBe('La suite');
		expect(
			drawn(Pager, {
				next: { href: '?a', label: 'La suite' },
				previous: { href: '?', label: 'Le début' },
			}).match(/<a /g),
		).toHaveLength(2);
	});

	test('nothing to show: a title, at the level of the page, and no sentence that is not given', () => {
		const html = drawn(Empty, { title: 'Rien', level: 3, drawing: false });
		expect(html).toContain('<h3>Rien');
		expect(html).not.toMatch(/<p>|<svg/);
	});

	test('a page without crumbs has no empty navigation', () => {
		expect(drawn(PageHead, { title: 'Avis' })).not.toContain('<nav');
		expect(drawn(PageHead, { title: 'Régler', crumbs: [{ href: '/avis', label: 'Avis' }] })).toContain(
			'<a href="/avis">',
		);
	});
});

describe('people', () => {
	test('a portrait beside its name is silent; alone, it says who it is', () => {
		expect(attribute(drawn(Avatar, { name: 'Odile', src: '/f/1', decorative: true }), 'alt')).toBe('');
		expect(attribute(drawn(Avatar, { name: 'Odile', src: '/f/1' }), 'alt')).toBe('Odile');
		expect(drawn(Avatar, { name: 'Odile' })).not.toContain('<img');
	});

	test('a stack shows so many, and says how many more in words', () => {
		const people = ['Odile', 'Mathis', 'Samuel'].map((name) => ({ name, src: '/f/1' }));
		const html = drawn(AvatarStack, { people, max: 2, rest: 'et une autre' });
		expect([html.match(/<img/g)!.length, readable(html).endsWith('et une autre')]).toEqual([2, true]);
	});
});

test('problems of a form are read at their field, once, and lead there; general ones lead to the page', () => {
	const say = ((key: string, args?: { n: number }) => `${key}${args ? ` ${args.n}` : ''}`) as never;
	const found = problemsOf(
		{ say },
		{
			values: { name: 'Odile', n: 3 },
			problems: [
				{ field: 'name', key: 'people.name' },
				{ field: 'name', key: 'people.other' },
				{ field: '', key: 'app.general', args: { n: 2 } },
			],
		},
	);
	expect([found.at('name'), found.at('email'), found.at('')]).toEqual([
		'people.name',
		undefined,
		'app.general 2',
	]);
	expect(found.list.map(({ href }) => href)).toEqual(['#name', '#name', '#main']);
	expect([found.value('name'), found.value('n'), found.value('absent', 'x'), found.value('absent')]).toEqual([
		'Odile',
		'3',
		'x',
		'',
	]);
	expect(problemsOf({ say }, null).list).toEqual([]);
});
