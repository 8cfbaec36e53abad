import type { Geometry } from 'geojson';
import { type Layer, refuseGround } from './layer.ts';

/** Features of a GeoJSON text. Refuses what is cut short, or is not a collection of features. */
export function readGeojson(bytes: Uint8Array): Layer {
	const root = parse(bytes);
	if (!isRecord(root) || !Array.isArray(root.features)) refuseGround('ground_not_outlines');
	const features = root.features.filter(isRecord).map(({ properties, geometry }) => ({
		properties: isRecord(properties) ? properties : {},
		geometry: isGeometry(geometry) ? geometry : null,
	}));
	return { features, declared: crsName(root.crs) };
}

function parse(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder().decode(bytes));
	} catch (error) {
		// The longest text the engine holds: a whole country is read department by department.
		if (error instanceof Error && 'code' in error && error.code === 'ERR_STRING_TOO_LONG')
			refuseGround('ground_json_too_long');
		return refuseGround('ground_json_cut');
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Its coordinates are looked at when its rings are. */
function isGeometry(value: unknown): value is Geometry {
	return isRecord(value) && typeof value.type === 'string';
}

function crsName(crs: unknown): string | null {
	const name = isRecord(crs) && isRecord(crs.properties) ? crs.properties.name : null;
	return typeof name === 'string' ? name : null;
}
