import { asSystem } from '#platform/db.ts';
import { isId } from '#platform/ids.ts';
import { alone } from './store/alone.ts';
import { refuseLoad } from './store/refusal.ts';
import { switchTo } from './store/sources.ts';

/** Puts a past version back as the current one; what said nothing more becomes past. Refuses what is no past version. */
export const restore = (id: string): Promise<void> =>
	asSystem(
		'map',
		alone(async (tx) => {
			if (!isId(id) || !(await switchTo(tx, id))) refuseLoad('no_version', { id: id.slice(0, 40) });
		}),
	);
