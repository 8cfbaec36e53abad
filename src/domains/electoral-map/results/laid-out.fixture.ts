import fc from 'fast-check';

/** A station as an honest publisher counts it: every sum holds. */
export interface MadeCount {
	department: string;
	/** Three signs. */
	commune: string;
	station: string;
	registered: number;
	voters: number;
	blank: number;
	spoilt: number;
	votes: number[];
}

const places = [
	['01', '004'],
	['04', '070'],
	['2A', '004'],
	['33', '063'],
] as const;

export const candidates = ['DUPONT', 'DURAND', 'LE GOFF', 'MÉRIEL'];

const station = fc.record({
	place: fc.constantFrom(...places),
	number: fc.integer({ min: 1, max: 60 }),
	votes: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 4, maxLength: 4 }),
	blank: fc.integer({ min: 0, max: 30 }),
	spoilt: fc.integer({ min: 0, max: 30 }),
	absent: fc.integer({ min: 0, max: 500 }),
});

/** Stations of several communes, each once. */
export const madeCounts: fc.Arbitrary<MadeCount[]> = fc
	.uniqueArray(station, {
		minLength: 1,
		maxLength: 40,
		selector: ({ place, number }) => `${place.join()}_${number}`,
	})
	.map((all) =>
		all.map(({ place: [department, commune], number, votes, blank, spoilt, absent }) => {
			const voters = votes.reduce((sum, one) => sum + one, 0) + blank + spoilt;
			return {
				department,
				commune,
				station: String(number).padStart(4, '0'),
				registered: voters + absent,
				voters,
				blank,
				spoilt,
				votes,
			};
		}),
	);

const validOf = ({ votes }: MadeCount) => votes.reduce((sum, one) => sum + one, 0);
const table = (separator: string, header: string[], rows: (string | number)[][]) =>
	[header, ...rows].map((cells) => cells.join(separator)).join('\r\n');
const share = (part: number, whole: number) =>
	whole ? ((100 * part) / whole).toFixed(2).replace('.', ',') : '0';

/** The layout of the Ministry in 2017: the columns of the first candidate alone are named. */
export const layoutA = (counts: MadeCount[]) =>
	table(
		';',
		[
			...['Code du département', 'Libellé du département', 'Code de la commune', 'Libellé de la commune'],
			...['Code du b.vote', 'Inscrits', 'Abstentions', '% Abs/Ins', 'Votants', '% Vot/Ins', 'Blancs', 'Nuls'],
			...['Exprimés', 'N°Panneau', 'Sexe', 'Nom', 'Prénom', 'Voix', '% Voix/Ins', '% Voix/Exp'],
		],
		counts.map((one) => [
			...[one.department, 'Nom', one.commune, 'Ville', one.station, one.registered],
			...[one.registered - one.voters, share(one.registered - one.voters, one.registered), one.voters],
			...[share(one.voters, one.registered), one.blank, one.spoilt, validOf(one)],
			...one.votes.flatMap((votes, at) => [
				...[at + 1, 'M', candidates[at] ?? '', 'Camille', votes],
				...[share(votes, one.registered), share(votes, validOf(one))],
			]),
		]),
	);

/** The layout of 2024: "Voix 1", "Voix 2"; `isBare`: a spreadsheet ate the zeros in front. */
export const layoutB = (counts: MadeCount[], { isBare = false } = {}) => {
	const bare = (code: string) => (isBare ? code.replace(/^0+(?=\d)/, '') : code);
	return table(
		';',
		[
			...['Code département', 'Libellé département', 'Code commune', 'Libellé commune', 'Code BV'],
			...['Inscrits', 'Votants', '% Votants', 'Abstentions', 'Exprimés', 'Blancs', 'Nuls'],
			...candidates.flatMap((_, at) =>
				['Numéro de panneau', 'Nom candidat', 'Prénom candidat', 'Voix', '% Voix/inscrits'].map(
					(name) => `${name} ${at + 1}`,
				),
			),
		],
		counts.map((one) => [
			...[bare(one.department), 'Nom', bare(one.department + one.commune), 'Ville', bare(one.station)],
			...[one.registered, one.voters, `${share(one.voters, one.registered)}%`, one.registered - one.voters],
			...[validOf(one), one.blank, one.spoilt],
			...one.votes.flatMap((votes, at) => [
				...[at + 1, candidates[at] ?? '', 'Camille', votes, `${share(votes, one.registered)}%`],
			]),
		]),
	);
};

/** The normalised copies: one column per candidate. */
export const layoutWide = (counts: MadeCount[]) =>
	table(
		',',
		[
			...['departement', 'commune', 'bureau', 'inscrits', 'votants', 'blancs', 'nuls', 'exprimes'],
			...candidates,
		],
		counts.map((one) => [
			...[one.department, one.commune, one.station, one.registered, one.voters, one.blank, one.spoilt],
			...[validOf(one), ...one.votes],
		]),
	);
