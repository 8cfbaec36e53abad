import { settings } from './settings.ts';
import { type House, type Language, lexicons, type Words, wording } from './wording/index.ts';

/** What the organisation chose: its words, its look, its ways. One shape for pages, mails and commands. */
export interface HouseSettings extends House {
	/** False until somebody answered the first-run page. */
	founded: boolean;
	colour: string;
	/** File id of the logo; null draws the default one. */
	logo: string | null;
	/** Changes whenever the look does; part of the style sheet's address. */
	themeVersion: string;
	demo: boolean;
	/** The ready lexicon from which the organisation's own words start. */
	base: LexiconName;
	/** Who may make an account: anybody, or only who holds an invitation or is in the member file. */
	signUp: 'open' | 'invited';
	/** How often the network writes to newcomers until they choose. */
	rhythm: 'weekly' | 'concerned' | 'asap';
	/** Whether people of the member file who have no account yet get the mail of the week. */
	digestBeforeAccount: boolean;
	/** Address of the site, for links in mails. */
	origin: string;
	mailFrom: string;
	timeZone: string;
}

/** Names of the ready lexicons. */
export type LexiconName = keyof typeof lexicons;

let made: { from: object; house: HouseSettings } | undefined;

/** The organisation as it is now; the same object until a setting changes. */
export async function house(): Promise<HouseSettings> {
	const from = await settings();
	if (made?.from !== from) made = { from, house: houseFrom(from) };
	return made.house;
}

/** Whether the demonstration's doors may open: never on a server's own database unless asked twice. */
export const mayDemonstrate = (env: NodeJS.ProcessEnv = process.env) =>
	!env.DATABASE_URL || env.COOPOL_DEMO === 'yes';

/** A ready lexicon, and over it the words that the organisation wrote itself. */
export const lexiconFrom = ({
	base = 'coopol',
	lexicon = {},
}: Partial<Pick<HouseSettings, 'base' | 'lexicon'>>): House['lexicon'] => ({
	...lexicons.coopol,
	...lexicons[base],
	...lexicon,
});

/** What holds for an organisation that did not choose. */
const unchosen = {
	name: 'Coopol',
	language: 'fr',
	address: 'tu',
	inclusive: 'epicene',
	base: 'coopol',
	signUp: 'open',
	rhythm: 'weekly',
	digestBeforeAccount: false,
	colour: '#00616c',
	logo: null,
	timeZone: 'Europe/Paris',
} as const;

/** How a house that is being founded speaks already: the steps left are said as the founder chose. */
function voiceOf(founding: unknown): Partial<HouseSettings> {
	const { words } = (founding ?? {}) as { words?: Pick<HouseSettings, 'address' | 'inclusive'> };
	return words ? { address: words.address, inclusive: words.inclusive } : {};
}

function houseFrom(from: Readonly<Record<string, unknown>>): HouseSettings {
	const chosen = (from.organisation ?? {}) as Partial<HouseSettings>;
	return {
		...unchosen,
		...(from.organisation ? {} : voiceOf(from.founding)),
		...chosen,
		founded: Boolean(from.organisation),
		lexicon: lexiconFrom(chosen),
		themeVersion: `${chosen.colour ?? ''}${chosen.logo ?? ''}`.replace(/[^a-z0-9]/gi, '') || '0',
		demo: from.demo === true && mayDemonstrate(),
		origin: process.env.COOPOL_ORIGIN ?? chosen.origin ?? `http://localhost:${process.env.PORT ?? 3000}`,
		mailFrom: process.env.COOPOL_MAIL_FROM ?? chosen.mailFrom ?? 'ne-pas-repondre@coopol.invalid',
	};
}

const said = new WeakMap<HouseSettings, Partial<Record<Language, Words>>>();

/** The words of the organisation in a language, made once per change of its settings. */
export function wordsOf(house: HouseSettings, language: Language = house.language): Words {
	const known = said.get(house) ?? {};
	said.set(house, known);
	known[language] ??= wording(house, undefined, language);
	return known[language];
}
