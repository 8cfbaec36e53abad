import { around, type Drawn, drawnIn } from './drawn.fixture.ts';

type Page = { all: Drawn[]; ids: Map<string, Drawn> };
type Rule = (page: Page) => string[];

const said = ({ tag, attributes }: Drawn) =>
	`${tag} ${attributes.id ?? attributes.name ?? attributes.class ?? attributes.href ?? ''}`.trim();
const is =
	(...tags: string[]) =>
	({ tag }: Drawn) =>
		tags.includes(tag);
const within = (one: Drawn, ...tags: string[]) => [...around(one)].find(is(...tags));
const named = (ids: Page['ids'], list = '') =>
	list
		.split(' ')
		.filter(Boolean)
		.map((id) => ids.get(id));
const isRead = (text = '') => text.replace(/&nbsp;|\s/g, '') !== '';

/** Fields that a person fills. */
const controls = ({ all }: Page) =>
	all.filter(
		({ tag, attributes }) =>
			tag === 'select' ||
			tag === 'textarea' ||
			(tag === 'input' && !['hidden', 'submit', 'button'].includes(attributes.type ?? 'text')),
	);
const labelsOf = ({ all }: Page, { attributes }: Drawn) =>
	all.filter(
		({ tag, attributes: own }) => tag === 'label' && own.for !== undefined && own.for === attributes.id,
	);

/** What is heard of something: its words, its label for ears, or the words of its pictures. */
function isNamed(one: Drawn, { all, ids }: Page): boolean {
	const { attributes } = one;
	const pictured = all.some(
		(child) =>
			isRead(child.attributes.alt ?? child.attributes['aria-label']) && [...around(child)].includes(one),
	);
	const labelled = named(ids, attributes['aria-labelledby']).some((label) => label && isRead(label.text));
	return isRead(one.text) || isRead(attributes['aria-label']) || labelled || pictured;
}

const vague =
	/^(?:ok|oui|non|yes|no|valider|soumettre|submit|envoi|cliquez? ici|click here|ici|here|en savoir plus)$/i;

/** What DESIGN.md asks of every component, checked on what is drawn. Each rule gives what breaks it. */
export const rules: Record<string, Rule> = {
	'nothing inline': ({ all }) =>
		all
			.filter(
				({ tag, attributes }) =>
					tag === 'style' ||
					(tag === 'script' && !attributes.src) ||
					Object.keys(attributes).some((name) => name === 'style' || /^on\w/.test(name)) ||
					/^\s*javascript:/i.test(attributes.href ?? ''),
			)
			.map(said),
	'no id twice': ({ all, ids }) =>
		all.filter((one) => one.attributes.id && ids.get(one.attributes.id) !== one).map(said),
	'a reference leads somewhere': ({ all, ids }) =>
		all.flatMap((one) =>
			['aria-describedby', 'aria-labelledby', 'aria-controls', 'for', 'form'].flatMap((name) =>
				(one.attributes[name] ?? '')
					.split(' ')
					.filter((id) => id && !ids.has(id))
					.map((id) => `${said(one)}: ${name} ${id}`),
			),
		),
	'a field has a label': (page) =>
		controls(page)
			.filter(
				(one) =>
					!labelsOf(page, one).some(({ text }) => isRead(text)) &&
					!isRead(within(one, 'label')?.text) &&
					!isNamed({ ...one, text: '' }, page),
			)
			.map(said),
	'a label stands before its field': (page) =>
		controls(page)
			.filter((one) => labelsOf(page, one).some(({ at }) => at > one.at))
			.map(said),
	'an error is tied to its field': (page) =>
		page.all
			.filter(({ attributes }) => attributes['aria-invalid'] === 'true')
			.filter(
				({ attributes }) =>
					!named(page.ids, attributes['aria-describedby']).some(
						(it) => it?.attributes.class?.split(' ').includes('field-error') && isRead(it.text),
					),
			)
			.map(said),
	'an error on the page belongs to a field': ({ all }) => {
		const tied = new Set(all.flatMap(({ attributes }) => (attributes['aria-describedby'] ?? '').split(' ')));
		return all
			.filter(({ attributes }) => attributes.class === 'field-error' && !tied.has(attributes.id ?? ''))
			.map(said);
	},
	'choices are in a group that asks something': ({ all }) =>
		all
			.filter(({ tag, attributes }) => tag === 'input' && attributes.type === 'radio')
			.map((one) => ({
				one,
				group:
					within(one, 'fieldset') ??
					[...around(one)].find(({ attributes }) => /group/.test(attributes.role ?? '')),
			}))
			.filter(
				({ group }) =>
					!group || (group.tag === 'fieldset' && !isRead(group.children.find(is('legend'))?.text)),
			)
			.map(({ one }) => said(one)),
	// Under the question of its group, "Non" says enough.
	'a button says what it does': (page) =>
		page.all
			.filter(is('button'))
			.filter((one) => !isNamed(one, page) || (vague.test(one.text.trim()) && !within(one, 'fieldset')))
			.map((one) => `${said(one)} “${one.text.trim()}”`),
	'a link says where it goes': (page) =>
		page.all
			.filter(
				(one) =>
					one.tag === 'a' &&
					one.attributes.href !== undefined &&
					(!isNamed(one, page) || vague.test(one.text.trim())),
			)
			.map((one) => `${said(one)} “${one.text.trim()}”`),
	'a table has a caption and its heads a scope': ({ all }) => [
		...all
			.filter(
				(one) => one.tag === 'table' && (one.children[0]?.tag !== 'caption' || !isRead(one.children[0].text)),
			)
			.map(said),
		...all
			.filter(({ tag, attributes }) => tag === 'th' && !/^(?:col|row)$/.test(attributes.scope ?? ''))
			.map(({ text }) => `th “${text.trim()}”`),
	],
	'a picture has words, or none on purpose': ({ all }) =>
		all.filter(({ tag, attributes }) => tag === 'img' && attributes.alt === undefined).map(said),
	'a hint in a field is no label': (page) =>
		controls(page)
			.filter(
				(one) =>
					one.attributes.placeholder &&
					!labelsOf(page, one).length &&
					!within(one, 'label') &&
					!isRead(one.attributes['aria-label']),
			)
			.map(said),
	'titles go down one step at a time': ({ all }) => {
		const titles = all.filter(({ tag }) => /^h[1-6]$/.test(tag));
		return titles
			.filter(({ tag }, n) => n > 0 && Number(tag[1]) > Number(titles[n - 1]!.tag[1]) + 1)
			.map(({ tag, text }) => `${tag} “${text.trim()}”`);
	},
	'nothing one acts on is inside another': ({ all }) =>
		all
			.filter((one) => is('a', 'button', 'input', 'select', 'textarea')(one) && within(one, 'a', 'button'))
			.map(said),
};

/** Which rules a piece of HTML breaks, and with what. */
export function broken(html: string): string[] {
	const all = drawnIn(html);
	const ids = new Map(
		all.toReversed().flatMap((one) => (one.attributes.id ? [[one.attributes.id, one] as const] : [])),
	);
	return Object.entries(rules).flatMap(([rule, find]) =>
		find({ all, ids }).map((what) => `${rule}: ${what}`),
	);
}
