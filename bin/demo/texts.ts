/** What people say in the demonstration: posts of sections, of federations, of the national office, and answers. */
export const sectionPosts = [
	'240 tracts partis en deux heures au marché, et surtout de vraies discussions sur les loyers. On remet ça samedi, il faudrait une personne de plus à partir de 10 h.',
	'La salle est réservée pour mardi. Ordre du jour : le stand de décembre, puis un tour de table sur les transports. Café offert, gâteaux bienvenus.',
	'Rencontre avec l’association de la cité des Tilleuls hier soir. Trois sujets reviennent : l’ascenseur, le bus de 18 h, la chaudière.',
	'Qui peut prêter une remorque le week-end prochain ? On déménage le matériel de l’ancien local.',
	'Beaucoup de monde au porte-à-porte de ce matin malgré la pluie. Les gens parlent d’abord de leur facture de chauffage.',
	'Compte rendu de la réunion en deux phrases : on garde le stand du samedi, on commence à 9 h. Le détail est dans le document de la semaine.',
	'La ligne 7 perd deux passages le soir à partir de janvier. On prépare une lettre commune avec les usagers.',
	'Merci aux quatre personnes qui sont venues plier les tracts. En une heure c’était fini, et on a bien ri.',
	'Première réunion pour moi hier. Accueil chaleureux, je reviens. Je peux aider pour les affiches.',
	'Le collectif du jardin partagé cherche des bras dimanche matin : on plante la haie.',
	'J’ai relu le projet de texte sur le logement. Le paragraphe 3 oublie les petites communes. On en parle mardi ?',
	'Une habitante nous a raconté deux heures de route par jour pour travailler. Il faut porter cette histoire plus haut.',
];

export const hello = [
	'Bonjour à toutes et tous ! Je viens d’arriver dans le quartier du Gué et j’ai envie de donner un coup de main.',
	'Bonsoir, je découvre. Je suis libre le samedi matin.',
	'Je m’intéresse surtout aux transports et à l’école. Contente d’être là.',
];

export const federationPosts = [
	'Dans la fédération, on veut peser sur le logement. Une contribution par section, même de trois lignes : on s’occupe de la mise en forme.',
	'Formation porte-à-porte jeudi 3 décembre à 18 h 30. Débutants bienvenus, on part par deux.',
	'Onze sections ont tenu leur stand samedi. Bravo, et merci pour les photos.',
	'Nous cherchons une personne pour tenir la trésorerie à partir de février. Deux heures par mois, on passe le relais en douceur.',
];

export const nationalPosts = [
	'Convention « Bien vivre partout » : il reste six jours pour contribuer. Vos contributions sur le logement, les services publics et les transports sont lues jusqu’au 28 novembre à minuit. Chacune reçoit une réponse avant le 15 décembre.',
	'Le kit « premiers pas » pour les sections est en ligne : une page pour accueillir, une pour organiser un stand, une pour écrire à la presse locale.',
	'Vous êtes 38 sections à avoir répondu sur les transports. La synthèse paraîtra ici, avec qui a dit quoi et ce qu’on en a fait.',
];

export const answers = [
	'Je viens, avec une thermos.',
	'Merci pour le compte rendu !',
	'Je peux venir à 10 h si quelqu’un me prend en voiture depuis les Aubrelles.',
	'Bonne idée. On en parle mardi ?',
	'Même constat chez nous.',
	'Je m’occupe des affiches.',
	'Absente cette fois, mais je prends le prochain créneau.',
	'Bienvenue ! Passe au stand samedi, on te présentera.',
	'Je transmets à la fédération.',
	'Bravo à l’équipe.',
	'On peut imprimer où ?',
	'Le bus de 18 h, c’est aussi le sujet au lycée.',
];

export const polls = [
	{
		text: 'Quel soir pour le repas partagé de décembre ?',
		labels: ['Jeudi 10 décembre', 'Vendredi 11 décembre', 'Mercredi 16 décembre'],
		several: true,
	},
	{
		text: 'On commence le stand à quelle heure cet hiver ?',
		labels: ['8 h 30', '9 h', '10 h'],
		several: false,
	},
	{
		text: 'Quel thème pour la réunion de janvier ?',
		labels: ['Logement', 'Transports', 'École', 'Santé'],
		several: false,
	},
];

export const statuses = [
	'En tournée sur le plateau',
	'Au stand samedi 9 h',
	'Cherche covoiturage',
	'Je relis le texte logement',
	'Disponible le jeudi soir',
];
