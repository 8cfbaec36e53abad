import type { visibilities } from '#domains/groups/index.ts';

/** What a group of the demonstration says of itself, and what is said in it, the oldest first. */
export interface GroupTexts {
	name: string;
	purpose: string;
	rules: string;
	visibility: (typeof visibilities)[number];
	subjects: string[];
	said: string[];
	answers: string[];
}

export const groupTexts: GroupTexts[] = [
	{
		name: 'Jardins partagés de la Brume',
		purpose: 'Faire pousser des légumes au pied des immeubles, et en porter au marché solidaire.',
		rules: 'On range les outils. On partage la récolte. On prévient quand on ne vient pas.',
		visibility: 'open',
		subjects: ['agriculture', 'ecologie'],
		said: [
			'La parcelle des Tanneries est à nous jusqu’en juin : la ville a signé.',
			'Il nous manque deux bêches et un tuyau de vingt mètres. Qui a ça dans sa cave ?',
			'Premier semis samedi à 10 h, fèves et petits pois. Venez avec des gants.',
		],
		answers: ['J’apporte une bêche et du café.', 'Mon fils a un tuyau, je le prends vendredi.'],
	},
	{
		name: 'Usagers de la ligne 7',
		purpose: 'Relever les retards du bus 7 et les porter ensemble devant la région.',
		rules: 'Un relevé par trajet, avec l’heure. Pas de nom de conducteur.',
		visibility: 'closed',
		subjects: ['transports', 'services-publics'],
		said: [
			'Quarante-deux relevés en une semaine, dont onze retards de plus de dix minutes.',
			'La lettre à la région est prête. Relisez-la avant jeudi.',
		],
		answers: ['Relu, je mettrais les chiffres en premier.', 'D’accord, et la carte en pièce jointe.'],
	},
	{
		name: 'Villebrume, on prépare la ville',
		purpose: 'Écrire le projet municipal de Villebrume, rue par rue, avec qui y habite.',
		rules: 'On écoute d’abord. Une idée, un coût, un lieu.',
		visibility: 'closed',
		subjects: ['democratie'],
		said: [
			'Compte rendu de la marche dans le quartier des Tanneries : trois bancs, un passage, zéro poubelle.',
		],
		answers: ['On ajoute l’éclairage du passage ?'],
	},
	{
		name: 'Bus et petites lignes du littoral',
		purpose: 'Garder les arrêts de bord de mer toute l’année, pas seulement l’été.',
		rules: 'On parle des trajets, jamais des personnes.',
		visibility: 'open',
		subjects: ['transports'],
		said: [
			'À Port-Brumel, la région a rouvert l’arrêt du phare après six cents signatures. On vous raconte comment.',
			'Qui a déjà obtenu un bus du soir ailleurs ? On cherche un exemple qui marche.',
		],
		answers: ['Chez nous c’est un taxi partagé, je t’envoie le règlement.', 'Merci, c’est exactement ça.'],
	},
	{
		name: 'Surprise pour la fête d’hiver',
		purpose: 'Préparer sans bruit la fête des bénévoles de la section.',
		rules: 'Chut.',
		visibility: 'secret',
		subjects: ['culture'],
		said: ['La salle est réservée. Il reste à trouver une guitare.'],
		answers: ['Lucien joue, il ne le dit à personne.'],
	},
	{
		name: 'Étudiants et apprentis',
		purpose: 'S’entraider pour le logement, les stages et les transports, d’une ville à l’autre.',
		rules: 'Pas d’annonce payante. On répond même pour dire qu’on ne sait pas.',
		visibility: 'open',
		subjects: ['ecole', 'logement'],
		said: [
			'Une chambre se libère à Montclairval en janvier, à dix minutes de la gare.',
			'Atelier lettres de motivation mardi soir, en ligne. Dix places.',
		],
		answers: ['Je prends une place.', 'Moi aussi, avec une amie.'],
	},
	{
		name: 'Santé en Hautes-Orsandes',
		purpose: 'Suivre les fermetures de services et préparer nos propositions pour l’hôpital.',
		rules: 'On cite ses sources.',
		visibility: 'closed',
		subjects: ['sante', 'services-publics'],
		said: ['La maternité de Montclairval perd une équipe de nuit en mars. Note de synthèse lundi.'],
		answers: ['J’ai le calendrier de l’agence, je le poste ce soir.'],
	},
	{
		name: 'Four à pain de Castelmauve',
		purpose: 'Rallumer le four du village une fois par mois.',
		rules: '',
		visibility: 'open',
		subjects: ['culture', 'solidarites'],
		said: ['Le four est froid depuis le printemps. On s’y remet quand le maire aura réparé la voûte.'],
		answers: [],
	},
];
