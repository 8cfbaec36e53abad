import { getContext, setContext } from 'svelte';

const key = Symbol('files');

/** Tells the page where uploads are served; called once by the root layout. */
export const provideFiles = (origin: string) => setContext(key, origin);

/** Addresses of uploads on this page: `const file = useFiles(); … src={file(id, 480)}`. A width asks for a picture's size. */
export function useFiles(): (id: string, width?: number) => string {
	const origin = getContext<string | undefined>(key) ?? '';
	return (id, width) => `${origin}/fichiers/${id}${width ? `?w=${width}` : ''}`;
}
