/** One thing in the configuration with which a real organisation must not start, and what to do about it. */
export interface Fault {
	name: 'keys' | 'setup' | 'database_password' | 'origin' | 'files' | 'debug';
	advice: string;
}

/** Not the demonstration: people's data may be inside. */
export const isReal = (env: NodeJS.ProcessEnv) =>
	env.DATABASE_URL ? env.COOPOL_DEMO !== 'yes' : env.COOPOL_MODE !== 'demo';

const guessed = new Set([
	'',
	'postgres',
	'password',
	'coopol',
	'changeme',
	'change-me',
	'secret',
	'admin',
	'test',
	'example',
]);
const isLocal = (host: string) => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);

/** Keys from the environment must look like chance: 64 digits of which at least 16 bytes differ. */
function badKeys({ COOPOL_KEYS: keys }: NodeJS.ProcessEnv): boolean {
	if (keys === undefined) return false;
	const given = keys.split(/[\s,]+/).filter(Boolean);
	const looksRandom = (key: string) => /^[0-9a-f]{64}$/i.test(key) && new Set(key.match(/../g)).size >= 16;
	return given.length === 0 || !given.every(looksRandom);
}

/** A password that anybody would try. A socket, or a server of this machine, may go without. */
function badPassword(address: string | undefined): boolean {
	const url = address ? URL.parse(address) : null;
	if (!url) return false;
	const password = decodeURIComponent(url.password);
	if (!password) return !isLocal(url.hostname) && url.hostname !== '' && !url.searchParams.has('sslcert');
	return (
		password.length < 12 ||
		guessed.has(password.toLowerCase()) ||
		password === decodeURIComponent(url.username)
	);
}

/** People sign in over TLS; plain http is for one machine, by its own name, and has to be asked for. */
function badOrigin({ COOPOL_ORIGIN, COOPOL_INSECURE }: NodeJS.ProcessEnv): boolean {
	const url = URL.parse(COOPOL_ORIGIN ?? 'http://localhost');
	if (url?.protocol === 'https:') return false;
	return url?.protocol !== 'http:' || !isLocal(url.hostname) || COOPOL_INSECURE !== 'yes';
}

/** The uploads' host is a name below the house's: its pass then goes to no other site. */
function badFiles({ COOPOL_FILES_URL, COOPOL_ORIGIN }: NodeJS.ProcessEnv): boolean {
	if (COOPOL_FILES_URL === undefined) return false;
	const [files, site] = [URL.parse(COOPOL_FILES_URL), URL.parse(COOPOL_ORIGIN ?? '')];
	if (!files || !site || files.protocol !== site.protocol) return true;
	return !files.hostname.endsWith(`.${site.hostname}`) || files.href !== `${files.origin}/`;
}

const debugs = (env: NodeJS.ProcessEnv) =>
	env.COOPOL_MUTANTS !== undefined ||
	env.NODE_TLS_REJECT_UNAUTHORIZED === '0' ||
	/--inspect/.test(env.NODE_OPTIONS ?? '');

/** What in this environment a real organisation must not start with; nothing to say of the demonstration. */
export function faultsOf(env: NodeJS.ProcessEnv): Fault[] {
	if (!isReal(env)) return [];
	const faults: (Fault | false)[] = [
		badKeys(env) && {
			name: 'keys',
			advice:
				'COOPOL_KEYS must hold random keys of 64 hexadecimal digits (openssl rand -hex 32), or not be set.',
		},
		env.COOPOL_SETUP_TOKEN !== undefined &&
			env.COOPOL_SETUP_TOKEN.length < 24 && {
				name: 'setup',
				advice: 'COOPOL_SETUP_TOKEN must have 24 signs or more, or not be set.',
			},
		[env.DATABASE_URL, env.COOPOL_APP_URL, env.COOPOL_SYSTEM_URL].some(badPassword) && {
			name: 'database_password',
			advice: 'A database password is missing, short or guessed: use 12 random signs or more.',
		},
		badOrigin(env) && {
			name: 'origin',
			advice: 'COOPOL_ORIGIN must be https://…; to try it on this computer only, COOPOL_INSECURE=yes.',
		},
		badFiles(env) && {
			name: 'files',
			advice:
				'COOPOL_FILES_URL must be a name below that of COOPOL_ORIGIN, such as https://fichiers.<its host>, or not be set.',
		},
		debugs(env) && {
			name: 'debug',
			advice: 'Remove COOPOL_MUTANTS, NODE_TLS_REJECT_UNAUTHORIZED and --inspect.',
		},
	];
	return faults.filter((fault): fault is Fault => fault !== false);
}

/** Refuses to serve people's data with default secrets, over plain http or with a debugger open. Throws with what to do. */
export function refuseStart(env: NodeJS.ProcessEnv = process.env): void {
	const faults = faultsOf(env);
	if (faults.length)
		throw new Error(
			`Coopol does not start like this:\n${faults.map(({ advice }) => `- ${advice}`).join('\n')}`,
		);
}
