/** A page's text as read: no tags, no hidden script, one space between words. */
export const readable = (html: string) =>
	html
		.replace(/<!--.*?-->/gs, '')
		.replace(/<(script|style|template)\b.*?<\/\1>/gs, '')
		.replace(/<\/?(?:a|b|em|i|span|strong|time|bdi)\b[^>]*>/g, '')
		.replace(/<[^>]+>/g, ' ')
		.replace(/^.*$/s, plain)
		.replace(/[\s\u00a0\u202f]+/g, ' ')
		.replaceAll('\u2011', '-')
		.trim();
const plain = (text: string) =>
	text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name]!);
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

const named = (tag: string, name: string) =>
	new RegExp(`<${tag}\\b[^>]*\\sname="${name.replace(/[[\]]/g, '\\$&')}"[^>]*>`);

/** What a field of the page holds. */
export function fieldOf(html: string, name: string): string | null {
	const area = new RegExp(`${named('textarea', name).source}(.*?)</textarea>`, 's').exec(html);
	if (area) return plain(area[1]!);
	const select = new RegExp(`${named('select', name).source}(.*?)</select>`, 's').exec(html);
	if (select) return /<option value="([^"]*)"[^>]* selected/.exec(select[1]!)?.[1] ?? '';
	const input = named('input', name).exec(html);
	return input && plain(/\svalue="([^"]*)"/.exec(input[0])?.[1] ?? '');
}

/** The page without its frame. */
export const mainOf = (html: string) => /<main\b.*<\/main>/s.exec(html)?.[0] ?? html;
