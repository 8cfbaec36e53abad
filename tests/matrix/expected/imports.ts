import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { acting, crowd } from '../who.ts';

const base = '/membres/importer';
/** The officer who sent the file. Nobody else reads a member file, not even above. */
const yamina = { in: acting('yamina'), busy: true } as const;

/** Member files at each step, and people proposed to another unit. */
export function imports({ imports: ids, proposal }: Things): Target[] {
	const steps = (['uploaded', 'checked', 'done'] as const).flatMap((state) => {
		const page = `${base}/${ids[state]}`;
		const on = (route: string, path: string, body?: Record<string, string | string[]>) =>
			at(route.replace(base, `${base}/[id=id]`), `import ${state}`, page + path, {
				...yamina,
				...(body && { body }),
			});
		return [
			on(`GET ${base}`, ''),
			on(`GET ${base}/colonnes`, '/colonnes'),
			on(`POST ${base}/colonnes?choose`, '/colonnes', { 'field[]': ['email'] }),
			on(`POST ${base}/colonnes?later`, '/colonnes', { 'field[]': ['email'] }),
			on(`GET ${base}/corrections`, '/corrections'),
			on(`POST ${base}/corrections?fix`, '/corrections', { code: 'email_typo' }),
			on(`POST ${base}/corrections?line`, '/corrections', { line: '1', 'cells[]': ['a'] }),
			on(`POST ${base}/corrections?values`, '/corrections', { 'key[]': ['a'] }),
			on(`GET ${base}/apercu`, '/apercu'),
			on(`POST ${base}/apercu?launch`, '/apercu'),
			on(`POST ${base}/apercu?drop`, '/apercu'),
			on(`GET ${base}/suivi`, '/suivi'),
			on(`POST ${base}/suivi?undo`, '/suivi'),
			on(`POST ${base}/suivi?again`, '/suivi'),
			on(`GET ${base}/erreurs`, '/erreurs'),
		];
	});

	return [
		...steps,
		at(`GET ${base}`, 'own', base),
		at(`POST ${base}?start`, 'nothing sent', base),
		at(`POST ${base}?decide`, 'proposal', base, {
			in: acting('yamina', 'sabrina', 'bertrand'),
			busy: true,
			body: { id: proposal, answer: 'refuse' },
		}),
		at(`GET ${base}/modele`, 'sample', `${base}/modele`),
		at(`GET ${base}/territoire`, 'territory', `${base}/territoire`, { in: acting('sabrina', 'bertrand') }),
		at(`POST ${base}/territoire?lay`, 'territory', `${base}/territoire`, {
			in: acting('sabrina', 'bertrand'),
			busy: true,
			body: { region: 'region', department: 'federation' },
		}),
		// A token carries no second factor: no office acts through it.
		at('GET /api/v1/imports/[id]', 'import done', `/api/v1/imports/${ids.done}`, {
			in: acting('yamina'),
			forbidden: crowd.nobody,
		}),
	];
}
