/** A base of INSEE, or the file of individuals. */
export type BaseName =
	| 'population'
	| 'activity'
	| 'education'
	| 'housing'
	| 'families'
	| 'individuals'
	| 'jobs'
	| 'active_2554';

/** One way to count a theme; `#` in a column stands for the two digits of the year. */
export interface Recipe {
	base: BaseName;
	/** The finest cut where INSEE publishes it. */
	level: 'iris' | 'commune';
	/** First and last year that has these columns. */
	from?: number;
	until?: number;
	/** Columns that are added up, then those they are a part of. */
	count: string[];
	of: string[];
}

/** What is counted: people who live there, their homes or families, or the jobs that are there whoever holds them. */
export type Counted = 'residents' | 'homes' | 'families' | 'jobs';

export interface Theme {
	counted: Counted;
	/** The best first. */
	recipes: Recipe[];
}

// Occupations have other names from the census of 2022 on.
const RENAMED = 2022;
/** People of fifteen and more, told apart by what they do. */
export const OVER_15 = 'C#_POP15P';
const over15 = [OVER_15];
const cells2554 = (state: string) => [1, 2, 3, 4, 5, 6].map((group) => `POP2554_CS${group}_${state}`);
const active2554 = [...cells2554('EMPLOI'), ...cells2554('CHOM')];

/** Of people of 15 and more; the retired are a group of their own here, whatever their age. */
function occupation(group: number, renamed: string): Theme {
	const recipes: Recipe[] = [
		{
			base: 'population',
			level: 'iris',
			from: RENAMED,
			count: [`C#_POP15P_STAT_GSEC${renamed}`],
			of: over15,
		},
		{ base: 'population', level: 'iris', until: RENAMED - 1, count: [`C#_POP15P_CS${group}`], of: over15 },
	];
	if (group <= 6)
		recipes.push({
			base: 'active_2554',
			level: 'commune',
			count: [`POP2554_CS${group}_EMPLOI`, `POP2554_CS${group}_CHOM`],
			of: active2554,
		});
	return { counted: 'residents', recipes };
}

function simple(base: BaseName, count: string[], of: string, counted: Counted = 'residents'): Theme {
	return { counted, recipes: [{ base, level: 'iris', count, of: [of] }] };
}

const age = (count: string) => simple('population', [count], 'P#_POP');

/** Of residents at work: INSEE publishes it by IRIS only one person at a time. */
function sector(code: string): Theme {
	const count = [`I#_NA5_${code}`];
	return { counted: 'residents', recipes: [{ base: 'individuals', level: 'iris', count, of: ['I#_NA5'] }] };
}

/** Of jobs that are in the commune: it says nothing of who lives and votes there. */
function jobs(name: string): Theme {
	const count = [`C#_EMPLT_${name}`];
	return { counted: 'jobs', recipes: [{ base: 'jobs', level: 'commune', count, of: ['C#_EMPLT'] }] };
}

/** What a person may ask of a place, in the words of the catalogue `electoral-map.theme_<name>`. */
export const themes = {
	retired: occupation(7, '32'),
	unemployed: {
		counted: 'residents',
		recipes: [
			{ base: 'activity', level: 'iris', count: ['P#_CHOM1564'], of: ['P#_ACT1564'] },
			{ base: 'active_2554', level: 'commune', count: cells2554('CHOM'), of: active2554 },
		],
	},
	young_unemployed: simple('activity', ['P#_CHOM1524'], 'P#_ACT1524'),
	farmers: occupation(1, '11_21'),
	shopkeepers: occupation(2, '12_22'),
	managers: occupation(3, '13_23'),
	technicians: occupation(4, '14_24'),
	employees: occupation(5, '15_25'),
	workers: occupation(6, '16_26'),
	without_occupation: occupation(8, '40'),
	children: age('P#_POP0014'),
	aged_15_29: age('P#_POP1529'),
	aged_30_44: age('P#_POP3044'),
	aged_45_59: age('P#_POP4559'),
	aged_60_74: age('P#_POP6074'),
	aged_60_more: {
		counted: 'residents',
		recipes: [{ base: 'population', level: 'iris', count: ['P#_POP6074', 'P#_POP75P'], of: ['P#_POP'] }],
	},
	aged_75_more: age('P#_POP75P'),
	aged_65_more: age('P#_POP65P'),
	students: simple('activity', ['P#_ETUD1564'], 'P#_POP1564'),
	short_contracts: simple('activity', ['P#_SAL15P_CDD', 'P#_SAL15P_INTERIM'], 'P#_SAL15P'),
	part_time: simple('activity', ['P#_SAL15P_TP'], 'P#_SAL15P'),
	by_car: simple('activity', ['C#_ACTOCC15P_VOIT'], 'C#_ACTOCC15P'),
	without_diploma: simple('education', ['P#_NSCOL15P_DIPLMIN'], 'P#_NSCOL15P'),
	social_housing: simple('housing', ['P#_RP_LOCHLMV'], 'P#_RP', 'homes'),
	owners: simple('housing', ['P#_RP_PROP'], 'P#_RP', 'homes'),
	lone_parents: simple('families', ['C#_FAMMONO'], 'C#_FAM', 'families'),
	sector_farming: sector('AZ'),
	sector_industry: sector('BE'),
	sector_building: sector('FZ'),
	sector_trade: sector('GU'),
	sector_public: sector('OQ'),
	jobs_farming: jobs('AGRI'),
	jobs_industry: jobs('INDUS'),
	jobs_building: jobs('CONST'),
	jobs_trade: jobs('CTS'),
	jobs_public: jobs('APESAS'),
} satisfies Record<string, Theme>;

export type ThemeName = keyof typeof themes;
