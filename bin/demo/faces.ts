import { savePhoto } from '#domains/profiles/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { type CastName, idOf } from '#tests/party.ts';
import type { Someone } from './crowd.ts';
import { drawBust } from './pictures.ts';
import { chance } from './random.ts';

/** Of the cast, who shows a picture; the others have their initials. */
const shown: CastName[] = ['samuel', 'yamina', 'leontine', 'sabrina', 'ines'];

/** Some people put a picture on their profile, for the whole network. Its chance is its own: nothing else of the demonstration moves. */
export async function showFaces(people: Someone[]): Promise<void> {
	const luck = chance(1905);
	const some = people.filter((_, at) => at % 60 === 7).map(({ id }) => id);
	for (const id of [...shown.map(idOf), ...some]) {
		const photo = new File([new Uint8Array(await drawBust(luck))], 'portrait.png', { type: 'image/png' });
		await savePhoto(await viewerOfPerson(id, []), {
			photo,
			description: 'Dessin : une tête et des épaules en aplats de couleur.',
			audience: 'network',
		});
	}
}
