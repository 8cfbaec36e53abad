import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import Catalogue from './Catalogue.svelte';
import Welcome from './Welcome.svelte';

const pages = {
	catalogue: render(Catalogue).body,
	invitation: render(Welcome).body,
	step: render(Welcome, { props: { step: true } }).body,
};

test.each(Object.entries(pages))('%s asks nothing that the content security policy refuses', (_, html) => {
	expect(html).not.toMatch(/\sstyle=/);
	expect(html).not.toMatch(/<script|\son\w+=|javascript:/);
});

test.each(Object.entries(pages))('%s has no id twice, and every reference leads somewhere', (_, html) => {
	const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
	expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
	const wanted = [...html.matchAll(/\s(?:aria-describedby|aria-labelledby|for)="([^"]+)"/g)].flatMap(
		([, list = '']) => list.split(' '),
	);
	expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
});

test('a refused field says so to those who hear the page', () => {
	expect(pages.catalogue).toMatch(
		/<input[^>]*id="town"[^>]*aria-describedby="town-hint town-error"[^>]*aria-invalid="true"/,
	);
});

test('every page has one first title and a way past the navigation', () => {
	for (const html of Object.values(pages)) {
		expect(html.match(/<h1/g)).toHaveLength(1);
		expect(html).toContain('class="skip-link" href="#main"');
	}
});
