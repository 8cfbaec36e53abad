import { idOf } from '#tests/party.ts';
import { at, type Body, type Target } from '../cell.ts';
import { acting } from '../who.ts';

const base = '/carte/donnees';
/** Offices of a federation and of the national level that load, whoever sent the file; a secretary of a section does not. */
const loads = { in: acting('yamina', 'sabrina', 'bertrand', 'driss') } as const;

/** Files of the electoral map: one that waits for a decision, and a version that was. */
export function mapFiles(): Target[] {
	const sending = idOf('matrix map sending');
	const past = idOf('matrix map past');
	const on = (route: string, body?: Record<string, string | string[]>) =>
		at(`${route.replace(base, `${base}/[id=id]`)}`, 'file ready', `${base}/${sending}`, {
			...loads,
			...(body && { busy: true, body }),
		});
	return [
		at(`GET ${base}`, 'map files', base, loads),
		at(`POST ${base}?send`, 'nothing sent', base, { ...loads, busy: true }),
		at(`POST ${base}?restore`, 'version past', base, { ...loads, busy: true, body: { id: past } }),
		on(`GET ${base}`),
		on(`POST ${base}?say`, { vintage: '2022' }),
		on(`POST ${base}?place`, {}),
		on(`POST ${base}?drop`, {}),
		at(`GET ${base}/blocs`, 'labels', `${base}/blocs?scrutin=2022_pres_t1`, loads),
		at(`POST ${base}/blocs?keep`, 'labels', `${base}/blocs`, {
			...loads,
			body: { election: '2022_pres_t1', 'label[]': ['CANARY'], 'bloc[]': ['left'] },
		}),
		...byProgram(sending),
		at('GET /api/v1/map/sources', 'map files', '/api/v1/map/sources', loads),
		at('POST /api/v1/map/sources/[id]/restore', 'version past', `/api/v1/map/sources/${past}/restore`, {
			...loads,
			busy: true,
			body: {},
		}),
	];
}

/** The same file, by the verbs of the API. */
function byProgram(sending: string): Target[] {
	const map = '/api/v1/map';
	const on = (act: string, body?: Body) => {
		const [method, rest = ''] = act.split(' ') as [string, string?];
		return at(`${method} ${map}/sendings/[id]${rest}`, 'file ready', `${map}/sendings/${sending}${rest}`, {
			...{ ...loads, busy: true },
			...(body && { body }),
		});
	};
	return [
		at(`POST ${map}/sendings`, 'nothing sent', `${map}/sendings`, { ...loads, busy: true }),
		on('GET'),
		on('PUT /answer', { vintage: '2022' }),
		on('PUT /placement'),
		on('DELETE'),
		at(`GET ${map}/blocs`, 'labels', `${map}/blocs?election=2022_pres_t1`, loads),
		at(`PUT ${map}/blocs`, 'labels', `${map}/blocs`, {
			...loads,
			body: { election: '2022_pres_t1', label: ['CANARY'], bloc: ['left'] },
		}),
	];
}
