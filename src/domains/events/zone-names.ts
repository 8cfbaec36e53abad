/** Where hours are said: mainland first, then overseas, from west to east. */
export const timeZones = [
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
