import type { EnglishForms, Forms } from '#platform/wording/index.ts';

/** A noun in both languages, as the organisation writes it. */
export interface Noun {
	fr: Forms;
	en: EnglishForms;
}

/** An office of a kind of unit, and what it lets its holder do on the unit and below. */
export interface OfficePlan {
	key: string;
	name: Noun;
	powers: string[];
	/** Its absence makes the unit "without officer". */
	leads?: boolean;
}

/** A kind of unit; the order of the list goes from the ground up. */
export interface KindPlan {
	key: string;
	name: Noun;
	offices: OfficePlan[];
}

/** A kind of membership and what it grants. */
export interface MembershipPlan {
	key: string;
	name: Noun;
	grants: 'member' | 'sympathiser';
	offered: boolean;
}

/** How an organisation is built before it has anybody: levels, offices, memberships. All of it is data afterwards. */
export interface Blueprint {
	kinds: KindPlan[];
	memberships: MembershipPlan[];
}

/** Powers that offices may be given in this domain; other domains add theirs in their declaration. */
export const powers = [
	'members.see',
	'members.contact',
	'members.welcome',
	'members.export',
	'members.import',
	'unit.edit',
	'unit.speak',
	'units.create',
	'offices.appoint',
	'claims.decide',
	'posts.moderate',
	'settings.edit',
	'kinds.edit',
	'gates.edit',
	'audit.read',
	'map.load',
	'message.unit',
	'mission.create',
	'event.create',
] as const;

/** Powers that may never be lent: they take data out or change who holds power. */
export const neverLent: readonly string[] = [
	'members.export',
	'offices.appoint',
	'settings.edit',
	'kinds.edit',
	'gates.edit',
];

/** A noun that follows the person: both genders given, neutral made by the inclusive setting. */
const person = (f: string, m: string, manyF: string, manyM: string, one: string, many: string): Noun => ({
	fr: { one_f: f, one_m: m, one_n: '', many_f: manyF, many_m: manyM, many_n: '', gender: 'n' },
	en: { one, many },
});

/** A noun of one gender. */
export const thing = (one: string, many: string, gender: 'f' | 'm', en: string, enMany = `${en}s`): Noun => ({
	fr: { one_f: one, one_m: one, one_n: one, many_f: many, many_m: many, many_n: many, gender },
	en: { one: en, many: enMany },
});

const epicene = (one: string, many: string, en: string): Noun => ({
	fr: { one_f: one, one_m: one, one_n: one, many_f: many, many_m: many, many_n: many, gender: 'n' },
	en: { one: en, many: `${en}s` },
});

const secretary = (powers: string[]): OfficePlan => ({
	key: 'secretary',
	leads: true,
	powers,
	name: epicene('secrétaire', 'secrétaires', 'secretary'),
});
const treasurer: OfficePlan = {
	key: 'treasurer',
	powers: ['members.see'],
	name: person('trésorière', 'trésorier', 'trésorières', 'trésoriers', 'treasurer', 'treasurers'),
};
const moderator: OfficePlan = {
	key: 'moderator',
	powers: ['posts.moderate'],
	name: person('modératrice', 'modérateur', 'modératrices', 'modérateurs', 'moderator', 'moderators'),
};

const running = [
	'members.see',
	'members.contact',
	'members.welcome',
	'unit.edit',
	'unit.speak',
	'posts.moderate',
	'message.unit',
	'mission.create',
	'event.create',
];
const steering = [
	...running,
	'claims.decide',
	'offices.appoint',
	'units.create',
	'members.import',
	'members.export',
	'map.load',
];

/** The structure offered at first: four levels, their usual offices, the two usual memberships. */
export const usual: Blueprint = {
	kinds: [
		{
			key: 'section',
			name: thing('section', 'sections', 'f', 'section'),
			// Who keeps the list of a place brings it in: lines about another place become a proposal to its officers.
			offices: [secretary([...running, 'members.import']), treasurer],
		},
		{
			key: 'federation',
			name: thing('fédération', 'fédérations', 'f', 'federation'),
			offices: [secretary(steering), treasurer, moderator],
		},
		{
			key: 'region',
			name: thing('région', 'régions', 'f', 'region'),
			offices: [
				secretary([
					'members.see',
					'unit.edit',
					'unit.speak',
					'claims.decide',
					'mission.create',
					'event.create',
				]),
			],
		},
		{
			key: 'national',
			name: thing('national', 'nationaux', 'm', 'national office'),
			offices: [
				secretary(steering),
				{
					key: 'web_officer',
					name: epicene('responsable du site', 'responsables du site', 'web officer'),
					powers: [
						'settings.edit',
						'kinds.edit',
						'gates.edit',
						'units.create',
						'offices.appoint',
						'members.import',
						'map.load',
						'audit.read',
						'unit.edit',
					],
				},
				moderator,
			],
		},
	],
	memberships: [
		{
			key: 'member',
			grants: 'member',
			offered: true,
			name: person('adhérente', 'adhérent', 'adhérentes', 'adhérents', 'member', 'members'),
		},
		{
			key: 'sympathiser',
			grants: 'sympathiser',
			offered: true,
			name: person(
				'sympathisante',
				'sympathisant',
				'sympathisantes',
				'sympathisants',
				'sympathiser',
				'sympathisers',
			),
		},
		{
			key: 'youth',
			grants: 'member',
			offered: true,
			name: thing('membre jeune', 'membres jeunes', 'm', 'youth member'),
		},
	],
};
