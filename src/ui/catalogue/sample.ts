import type { NavItem } from '../shell/shape.ts';

/** Invented organisation, as in the mock-ups. */
export const groups: { title?: string; items: NavItem[] }[] = [
	{
		items: [
			{ href: '#accueil', label: 'Accueil', icon: 'house', current: true },
			{ href: '#section', label: 'Ma section', icon: 'users' },
			{ href: '#agenda', label: 'Agenda', icon: 'calendar-days', count: 3, countLabel: 'nouveautés' },
			{ href: '#debats', label: 'Débats', icon: 'messages-square', count: 1, countLabel: 'nouveauté' },
			{ href: '#messages', label: 'Messages', icon: 'mail', count: 2, countLabel: 'nouveautés' },
			{ href: '#amis', label: 'Coopains', icon: 'contact' },
		],
	},
	{
		title: 'Outils des adhérents',
		items: [
			{ href: '#carte', label: 'Carte du terrain', icon: 'map' },
			{ href: '#portes', label: 'Porte-à-porte', icon: 'footprints' },
		],
	},
	{
		title: 'Secrétariat de section',
		items: [
			{ href: '#diffuser', label: 'Diffuser', icon: 'megaphone' },
			{ href: '#membres', label: 'Membres', icon: 'list-checks' },
			{ href: '#moderation', label: 'Modération', icon: 'shield-check' },
		],
	},
];
export const bottom: NavItem[] = [
	{ href: '#accueil', label: 'Accueil', icon: 'house', current: true },
	{ href: '#agenda', label: 'Agenda', icon: 'calendar-days' },
	{ href: '#publier', label: 'Publier', icon: 'plus', main: true },
	{ href: '#debats', label: 'Débats', icon: 'messages-square' },
	{ href: '#messages', label: 'Messages', icon: 'mail', count: 2, countLabel: 'messages non lus' },
];
export const labels = {
	skip: 'Aller au contenu',
	nav: 'Navigation principale',
	bottom: 'Raccourcis',
	account: 'Compte',
	menu: 'Menu',
	myAccount: 'Mon compte',
	aside: 'À côté',
};
export const levelNames = [
	'Section de Villebrume',
	'Fédération du Val-d’Orsande',
	'Région',
	'Bureau national',
];
export const people = [
	'Inès Ouarzal',
	'Mathis Lanoëz',
	'Gérard Valmorin',
	'Awa Dieynaud',
	'Samuel Oudraine',
	'Thibaud Marlague',
	'Josiane Pélissonne',
].map((name) => ({ name }));
