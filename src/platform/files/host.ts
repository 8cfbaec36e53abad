/**
 * The host on which uploads are served, apart from pages (`COOPOL_FILES_URL`, `https://fichiers.coopol.example.org`): what a
 * file may do there, it does to nobody's pages. Null when one host serves both, as while trying.
 */
export const filesHost = (env: NodeJS.ProcessEnv = process.env): URL | null =>
	env.COOPOL_FILES_URL ? URL.parse(env.COOPOL_FILES_URL) : null;

export const isFilesHost = (url: URL): boolean => filesHost()?.host === url.host;

/** Where an upload is asked for: on the uploads' host, or here. */
export const fileAddress = (path: string): string => `${filesHost()?.origin ?? ''}${path}`;
