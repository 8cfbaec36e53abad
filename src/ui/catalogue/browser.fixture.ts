import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

/** The text that a browser receives for a source file of ours: CSS or script, bundled. */
export async function bundled(entry: string, kind: 'css' | 'js'): Promise<string> {
	const result = await build({
		configFile: false,
		root: fileURLToPath(new URL('../../..', import.meta.url)),
		logLevel: 'error',
		publicDir: false,
		build: { write: false, assetsInlineLimit: 0, target: 'chrome111', rolldownOptions: { input: entry } },
	});
	const files = (result as Rolldown.RolldownOutput).output;
	for (const file of files) {
		if (kind === 'js' && file.type === 'chunk') return file.code;
		if (kind === 'css' && file.type === 'asset' && file.fileName.endsWith('.css')) return String(file.source);
	}
	throw new Error(`nothing was built from ${entry}`);
}

/** A whole page, as strict as the real ones: no inline style, no inline script. */
export function pageOf(body: string, { mode = 'light', text = '100' } = {}): string {
	return `<!doctype html><html lang="fr" data-mode="${mode}" data-text="${text}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>Catalogue</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; require-trusted-types-for 'script'">
<link rel="stylesheet" href="/ui.css"><script type="module" src="/enhance.js"></script></head><body>${body}</body></html>`;
}
