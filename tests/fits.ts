interface Shape {
	type?: string;
	const?: unknown;
	enum?: unknown[];
	anyOf?: Shape[];
	properties?: Record<string, Shape>;
	required?: string[];
	additionalProperties?: boolean | Shape;
	items?: Shape;
	pattern?: string;
	maxLength?: number;
}

const kinds: Record<string, (value: unknown) => boolean> = {
	string: (value) => typeof value === 'string',
	number: (value) => typeof value === 'number',
	integer: Number.isInteger,
	boolean: (value) => typeof value === 'boolean',
	null: (value) => value === null,
	array: Array.isArray,
	object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** Where a value is not as a JSON schema says: places and what was awaited there. For the part of JSON schema that our descriptions use. */
export function misfits(shape: Shape, value: unknown, at = '$'): string[] {
	if (shape.anyOf)
		return shape.anyOf.some((one) => !misfits(one, value, at).length) ? [] : [`${at}: none of those`];
	const awaited = plainly(shape, value);
	if (awaited) return [`${at}: ${awaited}`];
	if (typeof value === 'string') return wordsOf(shape, value, at);
	if (Array.isArray(value))
		return value.flatMap((one, index) => misfits(shape.items ?? {}, one, `${at}[${index}]`));
	return kinds.object!(value) ? fieldsOf(shape, value as Record<string, unknown>, at) : [];
}

/** What was awaited, when this is not it. */
function plainly(shape: Shape, value: unknown): string | undefined {
	if ('const' in shape && value !== shape.const) return String(shape.const);
	if (shape.enum && !shape.enum.includes(value)) return shape.enum.join(', ');
	return shape.type && !kinds[shape.type]!(value) ? shape.type : undefined;
}

const wordsOf = ({ pattern, maxLength = Number.POSITIVE_INFINITY }: Shape, value: string, at: string) => [
	...(pattern && !new RegExp(pattern, 'u').test(value) ? [`${at}: ${pattern}`] : []),
	...(value.length > maxLength ? [`${at}: too long`] : []),
];

function fieldsOf(shape: Shape, value: Record<string, unknown>, at: string): string[] {
	const { properties = {}, required = [], additionalProperties: others = true } = shape;
	return [
		...required.filter((name) => !(name in value)).map((name) => `${at}.${name}: missing`),
		...Object.entries(value).flatMap(([name, one]) => {
			const known = properties[name] ?? others;
			if (known === false) return [`${at}.${name}: unknown`];
			return known === true ? [] : misfits(known, one, `${at}.${name}`);
		}),
	];
}
