/** A time zone of the French territories, and the key of its name. */
export interface Clock {
	zone: FrenchZone;
	named: `app.clock_${string}`;
}

/** Time zones of the French territories, IANA names: mainland first, then overseas, from west to east. */
export const frenchZones = [
	'Europe/Paris',
	'Pacific/Tahiti',
	'Pacific/Marquesas',
	'Pacific/Gambier',
	'America/Martinique',
	'America/Guadeloupe',
	'America/Cayenne',
	'America/Miquelon',
	'Indian/Mayotte',
	'Indian/Reunion',
	'Pacific/Noumea',
	'Pacific/Wallis',
] as const;
export type FrenchZone = (typeof frenchZones)[number];

/** The same with the key of their name: what every list of clocks offers first. */
export const frenchClocks: readonly Clock[] = frenchZones.map((zone) => ({
	zone,
	// words: app.clock_*
	named: `app.clock_${zone.split('/')[1]!.toLowerCase()}`,
}));
