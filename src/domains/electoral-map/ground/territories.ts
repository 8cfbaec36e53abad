import proj4 from 'proj4';

/** Longitude and latitude, or east and north in metres. */
export type Point = [number, number];

/** West, south, east, north. */
export type Box = [number, number, number, number];

/** From and to degrees. */
export interface Plane {
	name: string;
	/** Degrees to the plane. */
	forward: (point: Point) => Point;
	/** The plane to degrees. */
	inverse: (point: Point) => Point;
}

/** A part of France: where it lies, in degrees, and the plane its areas are measured in, in metres. */
export interface Territory {
	box: Box;
	plane: Plane;
}

const grs80 = '+ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs';
const utm = (zone: number, south = '') => `+proj=utm +zone=${zone} ${south} ${grs80}`;

/** A plane from its definition, in any of the languages that proj4 reads; throws on what it does not. */
export function plane(name: string, definition: string): Plane {
	const { forward, inverse } = proj4(definition);
	return { name, forward: (point) => forward(point), inverse: (point) => inverse(point) };
}

const lambert93 = plane(
	'EPSG:2154',
	`+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 ${grs80}`,
);
const antilles = plane('EPSG:5490', utm(20));

const mainland: Territory = { box: [-5.4, 41.2, 9.8, 51.3], plane: lambert93 };

const overseas: Record<string, Territory> = {
	971: { box: [-61.95, 15.7, -60.8, 16.7], plane: antilles },
	972: { box: [-61.4, 14.2, -60.7, 15], plane: antilles },
	973: { box: [-54.8, 2, -51.4, 6], plane: plane('EPSG:2972', utm(22)) },
	974: { box: [55.1, -21.5, 56, -20.8], plane: plane('EPSG:2975', utm(40, '+south')) },
	975: { box: [-56.6, 46.6, -56, 47.2], plane: plane('EPSG:4467', utm(21)) },
	976: { box: [44.9, -13.2, 45.4, -12.5], plane: plane('EPSG:4471', utm(38, '+south')) },
	977: { box: [-63, 17.8, -62.7, 18], plane: antilles },
	978: { box: [-63.3, 18, -62.9, 18.2], plane: antilles },
	986: { box: [-178.4, -14.5, -176, -13.1], plane: plane('EPSG:32701', utm(1, '+south')) },
	987: { box: [-155, -28, -134, -7.5], plane: plane('EPSG:3297', utm(6, '+south')) },
	988: {
		box: [158, -23.5, 169, -17.5],
		plane: plane(
			'EPSG:3163',
			'+proj=lcc +lat_0=-21.5 +lon_0=166 +lat_1=-20.66666666666667 +lat_2=-22.33333333333333 ' +
				`+x_0=400000 +y_0=300000 ${grs80}`,
		),
	},
};

/** The part of France of a commune; null when its code belongs to none. */
export function territoryOf(commune: string): Territory | null {
	if (/^9[78]/.test(commune)) return overseas[commune.slice(0, 3)] ?? null;
	return mainland;
}

/** What coordinates already in degrees go through. */
export const degrees: Plane = { name: 'WGS84', forward: (point) => point, inverse: (point) => point };

const conicZones = [42, 43, 44, 45, 46, 47, 48, 49, 50].map((zone) =>
	plane(
		`EPSG:${3900 + zone}`,
		`+proj=lcc +lat_0=${zone} +lon_0=3 +lat_1=${zone - 0.75} +lat_2=${zone + 0.75} +x_0=1700000 ` +
			`+y_0=${(zone - 41) * 1_000_000 + 200_000} ${grs80}`,
	),
);

const extendedLambert2 = plane(
	'EPSG:27572',
	'+proj=lcc +lat_1=46.8 +lat_0=46.8 +lon_0=0 +k_0=0.99987742 +x_0=600000 +y_0=2200000 +a=6378249.2 +b=6356515 ' +
		'+towgs84=-168,-60,320,0,0,0,0 +pm=paris +units=m +no_defs',
);

/**
 * What French outlines are published in, the commonest first. Within one territory no two of them put the same
 * numbers inside its box, so that the box alone tells them apart.
 */
export const knownPlanes: Plane[] = [
	degrees,
	lambert93,
	...new Set(Object.values(overseas).map((territory) => territory.plane)),
	extendedLambert2,
	...conicZones,
];
