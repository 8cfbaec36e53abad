import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { acting, crowd } from '../who.ts';

const base = '/membres/importer';
/** The officer who sent the file. Nobody else reads a member file, not even above. */
const yamina = { in: acting('yamina'), busy: true } as const;

/** Whoever imports on that federation today, or above. */
const successors = { in: acting('yamina', 'sabrina', 'bertrand'), busy: true } as const;

/** What became of an import whose launcher's office ended; its lines are nobody's. */
function leftBehind(id: string): Target[] {
	const on = (act: string, who: Pick<Target, 'in'>, body?: Record<string, string>) => {
		const [method, rest = ''] = act.split(' ') as [string, string?];
		const path = `${base}/${id}${rest.replace(/\?.*/, '')}`;
		return at(`${method} ${base}/[id=id]${rest}`, 'import left behind', path, {
			...who,
			...(body && { body }),
		});
	};
	const nobody = { in: crowd.nobody };
	return [
		on('GET', successors),
		on('GET /suivi', successors),
		on('POST /suivi?undo', successors),
		on('POST /suivi?again', nobody),
		on('GET /corrections', nobody),
		on('GET /erreurs', nobody),
	];
}

/** Member files at each step, and people proposed to another unit. */
export function imports({ imports: ids, leftImport, proposal }: Things): Target[] {
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
			on(`POST ${base}/suivi?invite`, '/suivi'),
			on(`GET ${base}/lettres`, '/lettres'),
			on(`GET ${base}/erreurs`, '/erreurs'),
		];
	});

	return [
		...steps,
		...leftBehind(leftImport),
		at(`GET ${base}`, 'own', base),
		at(`POST ${base}?start`, 'nothing sent', base),
		at(`POST ${base}?decide`, 'proposal', base, {
			in: acting('samuel', 'yamina', 'sabrina', 'bertrand'),
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
