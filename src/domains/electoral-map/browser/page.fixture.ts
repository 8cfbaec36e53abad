/** A page as the map's script sees it: elements, attributes, texts, and of CSS what it asks for. Nothing is drawn. */
export class Part {
	parent: Part | null = null;
	children: (Part | string)[] = [];
	readonly attributes = new Map<string, string>();
	readonly listeners: (() => void)[] = [];
	open = false;
	readonly tag: string;
	constructor(tag: string) {
		this.tag = tag;
	}
	get content() {
		return this;
	}
	get parts(): Part[] {
		return this.children.filter((child) => typeof child !== 'string');
	}
	get all(): Part[] {
		// What a template holds is not on the page.
		return this.parts.flatMap((part) => [part, ...(part.tag === 'template' ? [] : part.all)]);
	}
	get dataset() {
		const named = [...this.attributes].filter(([name]) => name.startsWith('data-'));
		return Object.fromEntries(
			named.map(([name, value]) => [name.slice(5).replace(/-(\w)/g, (_, sign) => sign.toUpperCase()), value]),
		);
	}
	get hidden() {
		return this.attributes.has('hidden');
	}
	set hidden(isHidden: boolean) {
		if (isHidden) this.setAttribute('hidden', '');
		else this.attributes.delete('hidden');
	}
	get classes() {
		return (this.getAttribute('class') ?? '').split(/\s+/).filter(Boolean);
	}
	get classList() {
		const toggle = (name: string, isOn: boolean) => {
			const others = this.classes.filter((one) => one !== name);
			this.setAttribute('class', (isOn ? [...others, name] : others).join(' '));
		};
		return { toggle };
	}
	get textContent(): string {
		const seen = this.children.filter((child) => typeof child === 'string' || !child.hidden);
		return seen.map((child) => (typeof child === 'string' ? child : child.textContent)).join('');
	}
	set textContent(text: string) {
		this.children = [text];
	}
	getAttribute(name: string) {
		return this.attributes.get(name) ?? null;
	}
	setAttribute(name: string, value: string) {
		this.attributes.set(name, value);
	}
	addEventListener(_: string, heard: () => void) {
		this.listeners.push(heard);
	}
	append(child: Part | string) {
		this.children.push(child);
		if (child instanceof Part) child.parent = this;
	}
	appendChild(child: Part) {
		this.append(child);
		return child;
	}
	remove() {
		if (this.parent) this.parent.children = this.parent.children.filter((child) => child !== this);
	}
	replaceChildren(...children: Part[]) {
		this.children = [];
		for (const child of children) this.append(child);
	}
	cloneNode(isDeep = false): Part {
		const copy = new Part(this.tag);
		for (const [name, value] of this.attributes) copy.setAttribute(name, value);
		if (isDeep)
			for (const child of this.children) copy.append(child instanceof Part ? child.cloneNode(true) : child);
		return copy;
	}
	querySelectorAll(selector: string): Part[] {
		return this.all.filter((part) => part.matches(selector));
	}
	querySelector(selector: string): Part | null {
		return this.querySelectorAll(selector)[0] ?? null;
	}
	closest(selector: string): Part | null {
		return this.matches(selector) ? this : (this.parent?.closest(selector) ?? null);
	}
	/** `tag.class[name="value"]:not([open])`, each within the one before. */
	matches(selector: string): boolean {
		const steps = selector.split(' ');
		const own = steps.pop() ?? '';
		return this.isLike(own) && (!steps.length || !!this.parent?.closest(steps.join(' ')));
	}
	private isLike(step: string): boolean {
		const tag = /^\w+/.exec(step)?.[0];
		const names = [...step.matchAll(/\.([\w-]+)/g)].map(([, name]) => name);
		const asked = [...step.matchAll(/(:not\()?\[([\w-]+)(?:="([^"]*)")?\]/g)];
		return (
			(!tag || tag === this.tag) &&
			names.every((name) => this.classes.includes(name ?? '')) &&
			asked.every(([, not, name = '', value]) => {
				const has = name === 'open' ? this.open : this.attributes.has(name);
				return not ? !has : has && (value === undefined || this.getAttribute(name) === value);
			})
		);
	}
}

const alone = new Set(['br', 'img', 'input', 'meta', 'link', 'hr']);
const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const plain = (text: string) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => signs[name] ?? '');

const tokens = /([^<]+)|<(\/?)([\w-]+)((?:[^>"]|"[^"]*")*)>/g;

function partOf(tag: string, rest: string): Part {
	const part = new Part(tag);
	for (const [, name = '', value = ''] of rest.matchAll(/([\w-]+)(?:="([^"]*)")?/g))
		part.setAttribute(name, plain(value));
	part.open = part.attributes.has('open');
	return part;
}

/** The page that the server wrote. */
export function pageOf(html: string): Part {
	const page = new Part('html');
	let at = page;
	for (const token of html.replace(/<!--.*?-->/gs, '').matchAll(tokens)) at = after(at, token) ?? page;
	return page;
}

/** Where one stands once this is read. */
function after(at: Part, [, text, end, tag = '', rest = '']: RegExpExecArray): Part | null | undefined {
	if (end) return at.closest(tag)?.parent;
	const part = text ? plain(text) : partOf(tag, rest);
	at.append(part);
	return typeof part === 'string' || alone.has(tag) || rest.endsWith('/') ? at : part;
}
