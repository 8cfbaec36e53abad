import type { Operation } from '#platform/domain.ts';
import { notFound } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import type { Viewer } from '#platform/viewer.ts';

type Act = (viewer: Viewer, eventId: string, id: string) => Promise<unknown>;

/** Does something to one row around an event, named by its address: what is no id is no address. */
export const on =
	(name: string, act: Act): Operation['act'] =>
	async (viewer, _input, params) => {
		const id = oneOf(params, name);
		await act(viewer, params.id!, id);
		return { id };
	};

/** The id in this part of the address. Throws NotFound when it is none. */
export function oneOf(params: Record<string, string>, name: string): string {
	const id = params[name]!;
	if (!isId(id)) throw notFound();
	return id;
}
