/** Nobody welcomed them yet; nobody confirmed the membership they declared; they came once and were not seen again. */
export const parts = ['waiting', 'declared', 'once'] as const;
export type Part = (typeof parts)[number];
/** How an address asks for each: `?accueillir=1`. */
export const askedBy: Record<Part, string> = {
	waiting: 'accueillir',
	declared: 'confirmer',
	once: 'revenir',
};

/** The list of a unit's people, or one of its parts. */
export const membersPath = (unitId: string, part: Part | null = null) =>
	`/unites/${unitId}/membres${part ? `?${askedBy[part]}=1` : ''}`;

/** The part that an address asks for. */
export const partAsked = (asked: URLSearchParams): Part | null =>
	parts.find((part) => asked.has(askedBy[part])) ?? null;
