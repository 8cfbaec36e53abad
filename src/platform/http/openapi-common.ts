// What a stranger who writes a program must know of every verb: said once, referred to by each.

/** The first thing read. */
export const aboutAll = `Everything a person may do here, a program of theirs may do: the same rules answer.

**Who asks.** \`Authorization: Bearer …\` with a personal token, made on the account page for some scopes; each verb says the one it takes. A verb whose gate is \`anyone\` also answers without. Gates: \`anyone\`; \`account\` (signed in, even before the address is confirmed); \`network\` (confirmed); \`members\`; \`office\` (an office in term); \`app:…\` (whom the organisation lets into that app). A session cookie reads and does not write.

**Offices.** A token alone holds no office: send a code of the authenticator app in \`Second-Factor\` where the verb takes it.

**What is not for you** does not exist: 404, also for a token without the scope. 403 is for what you read and may not do.

**Lists** with \`next\` go on: send it back as \`cursor\`, as it is, until it is null. A page may hold fewer than \`limit\` and not be the last.

**Once.** With an \`Idempotency-Key\` of yours, a request sent again gives the first answer and does nothing more, for seven days; the same key with another request is refused (409).

**Files** go within the verb that takes them, their bytes in base64, 20 MB in all. They are judged by their bytes, whatever they are called: pictures are redrawn without what the camera wrote, sounds laid bare, anything that hides something is refused. A picture is there once it is redrawn, a moment later. A request that brings more than 1 MB counts among the uploads, fewer in an hour than words.

**Refusals** are \`application/problem+json\` (RFC 9457). \`errors[].code\` does not change with the language; \`message\` does (\`Accept-Language\`).

**Forms of things.** Ids are UUIDs. Instants are ISO 8601 in UTC. Fields may be added to answers: let unknown ones be. Fields that a request does not know are refused.`;

/** A refusal, in full. */
export const problem = {
	type: 'object',
	description: 'RFC 9457',
	properties: {
		type: { type: 'string' },
		title: {
			enum: ['NotFound', 'Forbidden', 'Invalid', 'SignIn', 'SecondFactor', 'TooMany', 'Conflict'],
			description: 'Which refusal it is; `status` alone does not tell Forbidden from SecondFactor.',
		},
		status: { type: 'integer' },
		errors: {
			type: 'array',
			items: {
				type: 'object',
				properties: {
					field: { type: 'string', description: 'Where in what was sent; empty: the whole.' },
					code: { type: 'string', description: 'Stays the same in every language.' },
					message: { type: 'string', description: 'For a person, in their language.' },
				},
				required: ['field', 'code', 'message'],
			},
		},
	},
	required: ['type', 'title', 'status'],
	examples: [
		{
			type: 'about:blank',
			title: 'Invalid',
			status: 422,
			errors: [{ field: 'text', code: 'feed.text_needed', message: 'Écris quelque chose.' }],
		},
	],
};

const refusal = (description: string, more: object = {}) => ({
	description,
	...more,
	content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** Every refusal, by its name. */
export const refusals = {
	SignIn: refusal('No token, or one that ended; or a session cookie alone, to write'),
	Forbidden: refusal('You read it and may not do this; or a second factor is needed first (`title` tells)'),
	NotFound: refusal('It does not exist, or not for you'),
	Conflict: refusal('Somebody changed it meanwhile, or it is done already; nothing was overwritten'),
	Invalid: refusal('What was sent cannot be taken; `errors` say which field and why'),
	TooMany: refusal('Too many; come back later', {
		headers: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } },
	}),
};

/** Their statuses. */
export const statusOf = {
	SignIn: 401,
	Forbidden: 403,
	NotFound: 404,
	Conflict: 409,
	Invalid: 422,
	TooMany: 429,
} as const;

/** Headers that several verbs take. */
export const headers = {
	IdempotencyKey: {
		name: 'Idempotency-Key',
		in: 'header',
		required: false,
		schema: { type: 'string', maxLength: 64 },
		description: 'The same key does it once, and gives the first answer again.',
		example: '7f0c7b54-2f0e-4b0c-9d0a-3a1f6b1f9a11',
	},
	SecondFactor: {
		name: 'Second-Factor',
		in: 'header',
		required: false,
		schema: { type: 'string', maxLength: 40 },
		description: 'A code of your authenticator app, once: beside a token, offices act with it alone.',
		example: '123456',
	},
};
