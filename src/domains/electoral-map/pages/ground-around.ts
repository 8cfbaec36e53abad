import type { MultiPolygon } from 'geojson';
import { read } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { alone } from '../store/alone.ts';
import { drawnNow, readStations } from '../store/outlines.ts';
import { draw } from './drawing.ts';

/** A commune drawn: its outline in the picture's own unit, and its middle. */
export interface CommuneShape {
	commune: string;
	d: string;
	x: number;
	y: number;
}

/** Communes side by side, north up. */
export interface GroundAround {
	width: number;
	height: number;
	/** Units of the picture in a kilometre. */
	perKm: number;
	shapes: CommuneShape[];
}

/** Communes in one picture: past it, nothing is told apart. */
const AT_MOST = 30;

/**
 * Draws these communes, the first of them, as the latest outlines that were loaded: public figures of places, for any page. Those of
 * which none was loaded are left out; null when none was.
 */
export const groundAround = (viewer: Viewer, communes: readonly string[]): Promise<GroundAround | null> =>
	read(
		viewer,
		alone(async (tx) => {
			const held = await tx.many<{ commune: string; id: string }>(sql`
				select distinct on (drawn.commune) drawn.commune, drawn.id from ${drawnNow} as drawn
				where drawn.commune = any (${list(communes.slice(0, AT_MOST), 'text')}) order by drawn.commune, drawn.vintage desc`);
			const outlines = new Map<string, MultiPolygon[]>();
			for (const [id, rows] of Map.groupBy(held, (row) => row.id))
				for (const { commune, outline } of await readStations(
					tx,
					id,
					rows.map((row) => row.commune),
				))
					if (outline) outlines.set(commune, [...(outlines.get(commune) ?? []), outline]);
			return drawn(outlines);
		}),
	);

function drawn(outlines: Map<string, MultiPolygon[]>): GroundAround | null {
	const drawing = draw([...outlines.values()]);
	if (!drawing) return null;
	const names = [...outlines.keys()];
	return {
		...drawing,
		shapes: drawing.shapes.map(({ station, ...shape }) => ({ commune: names[station]!, ...shape })),
	};
}
