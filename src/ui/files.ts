import { getContext, setContext } from 'svelte';

const key = Symbol('files');

interface Uploads {
	origin: string;
	sparing: boolean;
}

/** Tells the page where uploads are served, and whether its reader spares data; called once by the root layout. */
export const provideFiles = (origin: string, sparing = false) =>
	setContext<Uploads>(key, { origin, sparing });

const uploads = (): Uploads => getContext<Uploads | undefined>(key) ?? { origin: '', sparing: false };

/** Addresses of uploads on this page: `const file = useFiles(); … src={file(id, 480)}`. A width asks for a picture's size. */
export function useFiles(): (id: string, width?: number) => string {
	const { origin } = uploads();
	return (id, width) => `${origin}/fichiers/${id}${width ? `?w=${width}` : ''}`;
}

/** Whether data are spared on this page: pictures wait for a touch. */
export const useSparing = (): boolean => uploads().sparing;

/** The picture beside a name: `const face = useFaces(); … src={face(photoId)}`. Null draws initials: there is none, or data are spared. */
export function useFaces(): (photoId: string | null | undefined) => string | null {
	const file = useFiles();
	const sparing = useSparing();
	return (photoId) => (photoId && !sparing ? file(photoId, 96) : null);
}
