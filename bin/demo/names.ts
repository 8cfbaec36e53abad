import type { Chance } from './random.ts';

// Given names are common; family names are invented, so that no pair is anybody.
const given =
	`Aïcha Adèle Alban Aminata Anaïs Anouk Antoine Ariane Armel Arthur Assia Aurore Awa Bachir Basile Béatrice Benoît Blanche Brahim Camille
Capucine Cécile Célestin Chloé Clara Clémence Colette Damien Daphné Denis Diane Djibril Édith Élise Éloi Emma Émile Esther Fabien Fatou Félix Flora
François Gaël Gaspard Georges Hadrien Hamid Hanna Hélène Hugo Idriss Igor Imane Irène Jeanne Joachim Joseph Jules Karim Kenza Lætitia Lamine Laure
Léa Léon Lila Lise Louise Lucas Madeleine Maël Malik Manon Marcel Margot Marius Maya Mehdi Mona Moussa Nadège Naïm Nathan Nora Octave Olga Omar
Oriane Pascal Paulette Perrine Rachid Raphaël Rosa Romane Ruben Sacha Salomé Samia Sékou Simone Solène Sophie Tania Théo Tom Ulysse Valérie Victor
Violette Wassim Xavier Yann Yasmine Yvette Zoé`.split(/\s+/);
const starts =
	`Abri Albe Aldé Amberg Arbo Arvel Aubra Azéma Balmo Barda Bélu Berna Bessou Bourde Brévi Cabra Calva Carde Castei Chante Clari Comba Coste
Courbe Dalmé Delva Doriz Escou Esta Faugu Ferra Flori Fonta Gale Garri Gineste Grana Guéri Haute Isarn Jala Jouve Kerbo Labrou Lacou Lande Larri
Lauze Lescu Loubi Malva Marti Mazé Mérou Mirando Monta Mourgu Navar Orlha Palou Pélis Peyra Pinço Pradel Quéra Raymo Ribau Rouque Sabar Salva Sauva
Séguin Serre Soubi Talva Tarri Tissié Tourna Valdé Verdé Vialou Viguier Ysarn`.split(/\s+/);
const ends =
	'ac ade agne aire al an ane ard as aud ault ay aze eix ejoul el ens erre et euil ez iac ier ières ignac in ine is on onne ou oul our oux us'.split(
		' ',
	);

/** A name that nobody bears, as far as invention can tell. */
export function inventName(luck: Chance): string {
	const stem = luck.pick(starts).replace(/[aeiouéèy]$/, '');
	const family = `${stem}${luck.pick(ends)}`;
	return `${luck.pick(given)} ${family}`;
}
