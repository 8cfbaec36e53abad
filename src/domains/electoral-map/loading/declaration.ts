import type { Access, Routes } from '#platform/access.ts';
import type { App } from '#platform/domain.ts';

const gate = 'app:map-files';
const sees: Access = { gate, rule: 'electoral-map.source.see' };
const settles: Access = { gate, rule: 'electoral-map.sending.settle', audit: true };
const base = '/carte/donnees';

/** Pages where files come in. */
export const loadingRoutes: Routes = {
	[`GET ${base}`]: sees,
	[`POST ${base}?send`]: { ...sees, rate: 'upload', audit: true },
	[`POST ${base}?restore`]: { gate, rule: 'electoral-map.source.restore', audit: true },
	[`GET ${base}/[id=id]`]: { gate, rule: 'electoral-map.sending.see' },
	[`POST ${base}/[id=id]?say`]: settles,
	[`POST ${base}/[id=id]?place`]: settles,
	[`POST ${base}/[id=id]?drop`]: settles,
	[`GET ${base}/blocs`]: sees,
	[`POST ${base}/blocs?keep`]: { ...sees, audit: true },
};

/** For the offices that load. */
export const loadingApp: App = {
	name: 'map-files',
	label: 'electoral-map.files_app',
	icon: 'upload',
	href: base,
	gate: { open: 'office', power: 'map.load' },
	group: 'office',
	position: 45,
};
