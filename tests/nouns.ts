/** A word of the house in all its forms, as an officer types it. */
export const neighbour = {
	gender: 'n',
	one_f: 'voisine',
	one_m: 'voisin',
	one_n: '',
	many_f: 'voisines',
	many_m: 'voisins',
	many_n: '',
	en_one: 'neighbour',
	en_many: 'neighbours',
} as const;
