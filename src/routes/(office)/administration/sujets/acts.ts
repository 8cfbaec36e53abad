import type { Done } from '#platform/http/form.ts';
import type { Viewer } from '#platform/viewer.ts';

/** An act upon the list of subjects: back to the list with its sentence, and the form that undoes it. */
export const turned =
	<In>(act: (viewer: Viewer, input: In) => Promise<unknown>, say?: string, undo?: string) =>
	async (viewer: Viewer, input: In): Promise<Done> => {
		await act(viewer, input);
		if (!say) return {};
		if (!undo) return { say };
		const { id } = input as { id: string };
		return { say, undo: { action: `/administration/sujets?/${undo}`, fields: { id } } };
	};
