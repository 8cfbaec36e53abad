import { expect, test } from 'vitest';
import type { Viewer } from '#platform/viewer.ts';
import { type House, lexicons, wording } from '#platform/wording/index.ts';
import { apps } from '#registry.ts';
import { navigation } from './navigation.ts';

const member = { apps: apps.map(({ name }) => name) } as unknown as Viewer;
const menu = (base: keyof typeof lexicons, language: House['language'] = 'fr') => {
	const house: House = {
		name: 'Maison',
		language,
		address: 'vous',
		inclusive: 'epicene',
		lexicon: { ...lexicons.coopol, ...lexicons[base] },
	};
	const { groups, bottom } = navigation(apps, member, wording(house), '/ma-section');
	const here = <T extends { href: string; label: string }>(items: T[]) =>
		items.find(({ href }) => href === '/ma-section')?.label;
	return { menu: here(groups[0]!.items), bar: here(bottom), bottom };
};

test('what one belongs to is named in full in the menu, and in two words at most under its icon', () => {
	expect(menu('union')).toMatchObject({ menu: 'Votre section syndicale', bar: 'Section syndicale' });
	expect(menu('coopol')).toMatchObject({ menu: 'Votre section', bar: 'Votre section' });
	expect(menu('association', 'en')).toMatchObject({ menu: 'Your local group', bar: 'Local group' });
});

test('the bar of a telephone holds five places, publishing in the middle', () => {
	const { bottom } = menu('union');
	expect(bottom).toHaveLength(5);
	expect(bottom[2]).toMatchObject({ href: '/fil/publier', main: true });
	expect(bottom.filter((item) => 'current' in item && item.current)).toHaveLength(1);
});
