// The house as data. Read by .dependency-cruiser.mjs and by tests/architecture.test.ts; drawn in ARCHITECTURE.md.
// A domain uses #platform, #ui and the front doors of lower floors; neighbours and higher floors listen to it.

/** @type {string[][]} Ground floor first. */
export const floors = [
	['people'],
	['territory'],
	['safety'],
	['notices'],
	['friends', 'groups'],
	['profiles', 'events', 'messages', 'debates', 'broadcasts', 'electoral-map'],
	['feed', 'missions', 'canvassing'],
	['federation', 'imports', 'admin', 'search', 'vitals', 'webhooks'],
];

/** @type {string[]} */
export const domains = floors.flat();

/** What may be used of a domain from outside its folder. */
export const frontDoor = /(^|\/)(index\.ts|[^/]+\.svelte)$/;

/** @param {string} domain @returns {string[]} */
export function domainsBelow(domain) {
	return floors
		.slice(
			0,
			floors.findIndex((floor) => floor.includes(domain)),
		)
		.flat();
}

/** The Postgres schemas that are a domain's own. @param {string} domain @returns {string} */
export const schemaOf = (domain) => domain.replaceAll('-', '_');
