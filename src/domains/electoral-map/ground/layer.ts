import type { Geometry } from 'geojson';
import { invalidField } from '#platform/errors.ts';
import type { Remark } from '../model.ts';

/** Outlines as a file gives them, whatever its format. */
export interface Layer {
	features: { properties: Record<string, unknown>; geometry: Geometry | null }[];
	/** The projection it declares: the text of a `.prj`, the name of a `crs`. */
	declared: string | null;
}

/** A file of outlines, unpacked. */
export type OutlineFile =
	| { form: 'json'; bytes: Uint8Array }
	| { form: 'shapefile'; shp: Uint8Array; dbf: Uint8Array; prj?: Uint8Array; cpg?: Uint8Array };

/** Why nothing of a file is kept. */
type GroundFault =
	| 'ground_json_cut'
	| 'ground_json_too_long'
	| 'ground_not_outlines'
	| 'ground_shapefile_cut'
	| 'ground_no_code'
	| 'ground_no_polygon'
	| 'ground_outside_france'
	| 'ground_missing_columns'
	| 'ground_register_empty';

/** Refuses the whole file: a Refusal on the field `file`, with the sentence `electoral-map.<fault>`. */
export function refuseGround(fault: GroundFault, args: Remark['args'] = {}): never {
	throw invalidField('file', `electoral-map.${fault}`, args);
}

/** At most twenty codes, for a sentence. */
export function some(codes: string[]): string {
	return codes.slice(0, 20).join(', ') + (codes.length > 20 ? '…' : '');
}

/** A remark about how many; none for none. */
export function counted(name: string, count: number): Remark[] {
	return count ? [{ key: `electoral-map.${name}`, args: { count } }] : [];
}

/** A remark about several codes; none when there is none. */
export function remarkOn(name: string, codes: string[]): Remark[] {
	if (codes.length === 0) return [];
	return [{ key: `electoral-map.${name}`, args: { count: codes.length, codes: some(codes) } }];
}
