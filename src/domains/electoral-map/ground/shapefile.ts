import type { Geometry } from 'geojson';
import * as shpjs from 'shpjs';
import { type Layer, type OutlineFile, refuseGround } from './layer.ts';

// Its published types are of an older version, which had a single export.
const { parseShp, parseDbf } = shpjs as unknown as {
	parseShp: (shp: Uint8Array) => (Geometry | null)[];
	parseDbf: (dbf: Uint8Array, cpg?: Uint8Array) => Record<string, unknown>[];
};

type Shapefile = Extract<OutlineFile, { form: 'shapefile' }>;

/**
 * Features of a shapefile, coordinates as written. Refuses what is cut short: its reader would stop in silence at
 * the last whole shape.
 */
export function readShapefile({ shp, dbf, prj, cpg }: Shapefile): Layer {
	if (!isWholeShp(shp) || !isWholeDbf(dbf)) return refuseGround('ground_shapefile_cut');
	const [shapes, rows] = parse(shp, dbf, cpg);
	if (shapes.length !== rows.length) refuseGround('ground_shapefile_cut');
	const features = rows.map((properties, at) => ({ properties, geometry: shapes[at] ?? null }));
	return { features, declared: prj ? new TextDecoder().decode(prj) : null };
}

function parse(shp: Uint8Array, dbf: Uint8Array, cpg?: Uint8Array) {
	try {
		return [parseShp(shp), parseDbf(dbf, cpg)] as const;
	} catch {
		return refuseGround('ground_shapefile_cut');
	}
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The header holds the length of the file, in words of two bytes. */
function isWholeShp(shp: Uint8Array): boolean {
	return shp.length >= 100 && view(shp).getInt32(0) === 9994 && view(shp).getInt32(24) * 2 === shp.length;
}

function isWholeDbf(dbf: Uint8Array): boolean {
	if (dbf.length < 33) return false;
	const rows = view(dbf).getUint32(4, true);
	return dbf.length >= view(dbf).getUint16(8, true) + rows * view(dbf).getUint16(10, true);
}
