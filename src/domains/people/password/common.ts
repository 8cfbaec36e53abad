/**
 * What the passwords found in leaks are made of, in French and English. A long password made of little else is as easy
 * to guess as a short one; see `strength.ts`.
 */
export const common: readonly string[] = `
password passwort motdepasse mdp azerty qwerty qwertz azertyuiop qwertyuiop qsdfghjklm asdfghjkl wxcvbn zxcvbnm
admin administrateur administrator root user utilisateur login connexion bonjour bonsoir salut coucou hello welcome bienvenue
iloveyou jetaime jtaime amour love loveyou monamour princesse princess soleil sunshine doudou loulou chouchou nounours
letmein entrer ouvretoi sesame open secret master superman batman pokemon dragon naruto starwars football soccer baseball
marseille paris lyon toulouse bordeaux nantes lille france liberte egalite fraternite republique revolution
nicolas thomas julien camille marine chocolat cheval chien chat lapin minou kitty monkey shadow freedom whatever trustno
vacances maison famille enfants maman papa toto titi tata test tests essai azer qwer abcd abcde abcdef
lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre
printemps ete automne hiver spring summer autumn winter monday tuesday wednesday thursday friday saturday sunday
lemotdepasse monmotdepasse mypassword thisismypassword passphrase phrasedepasse changeme changemoi default computer ordinateur internet
google facebook twitter instagram coopol coopain coopine camarade section federation parti adherent militant
correcthorsebatterystaple
`
	.trim()
	.split(/\s+/);
