// Writes icons.ts from lucide-static (ISC licence): only the icons we use. Run: npm i --no-save lucide-static@1.62.0 && node src/ui/icons.build.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const names = `
accessibility archive arrow-left arrow-right at-sign ban bell book-open bookmark calendar-check calendar-days calendar-plus camera
check check-check chevron-down chevron-left chevron-right chevron-up circle-alert circle-check circle-help circle-x clipboard-list clock
contact copy download ellipsis external-link eye eye-off file-text filter flag flame footprints globe hand hand-helping heart history
house image info key key-round languages link list-checks lock log-in log-out mail map map-pin megaphone menu message-circle
messages-square monitor moon pause paperclip pencil phone pin play plus printer qr-code refresh-cw repeat-2 save search send
settings share-2 shield shield-check signal-low smartphone smile sun table tag text-size trash-2 triangle-alert type undo-2 upload user
user-check user-plus user-x users vote wifi-off x zap arrow-up-down badge-check scale git-fork network bus car landmark
`
	.trim()
	.split(/\s+/);

const require = createRequire(import.meta.url);
const folder = join(dirname(require.resolve('lucide-static/package.json')), 'icons');
/** @type {Record<string, string>} */
const aliases = {
	'circle-help': 'circle-question-mark',
	'circle-alert': 'circle-alert',
	'text-size': 'a-large-small',
};
const entries = names.sort().flatMap((name) => {
	for (const file of [name, aliases[name]]) {
		try {
			const svg = readFileSync(join(folder, `${file}.svg`), 'utf8');
			const body = svg
				.replace(/^[\s\S]*?<svg[^>]*>/, '')
				.replace('</svg>', '')
				.replace(/\s+/g, ' ')
				.replace(/> </g, '><')
				.replace(/ \/>/g, '/>');
			return [`\t'${name}': '${body.trim()}',`];
		} catch {}
	}
	console.error(`no icon: ${name}`);
	return [];
});
writeFileSync(
	new URL('./icons.ts', import.meta.url),
	`// Written by icons.build.mjs from lucide-static (ISC): do not edit.\nexport const icons = {\n${entries.join('\n')}\n} as const;\n\n/** Name of an icon we ship. */\nexport type IconName = keyof typeof icons;\n`,
);
console.log(entries.length, 'icons');
