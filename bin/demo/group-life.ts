import { CreateForm, create, inviteGroup } from '#domains/events/index.ts';
import { pin, publishAs } from '#domains/feed/index.ts';
import { listGroups, MakeLinkForm, makeLink } from '#domains/groups/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { takeIn } from '#platform/files/keep.ts';
import { parse } from '#platform/http/parse.ts';
import { clockIn } from '#platform/local-time.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';

const inDays = (days: number) => clockIn(new Date(Date.now() + days * 86_400_000), 'Europe/Paris').day;

/** In the groups of the demonstration: what two of them plan, a document kept at the top, a link that waits. */
export async function liveInGroups(): Promise<void> {
	const odile = await viewerOfPerson(idOf('odile'), [], null);
	const garden = await groupNamed(odile, 'Jardins partagés de la Brume');
	const line = await groupNamed(odile, 'Usagers de la ligne 7');
	const id = await create(
		odile,
		parse(CreateForm, {
			group: garden,
			title: 'Chantier : on bêche la parcelle nord',
			text: 'Bottes et gants. Le café est chaud à partir de neuf heures.',
			day: inDays(6),
			starts: '09:30',
			ends: '12:00',
			place_name: 'Pied de la barre D',
			visibility: 'network',
		}),
	);
	await inviteGroup(odile, id);
	await create(
		odile,
		parse(CreateForm, {
			group: line,
			title: 'On relève les retards ensemble',
			text: 'Un quart d’heure par personne, sur le quai.',
			day: inDays(4),
			starts: '07:15',
			ends: '08:15',
			visibility: 'group',
		}),
	);
	await giveDocument(odile, garden);
	await makeLink(odile, garden, parse(MakeLinkForm, { lasts: '30', most: '20' }));
}

const groupNamed = async (viewer: Viewer, name: string): Promise<string> =>
	(await listGroups(viewer, { q: name })).groups.find((group) => group.name === name)!.id;

async function giveDocument(viewer: Viewer, groupId: string): Promise<void> {
	const lines = ['Semis;Repiquage;Récolte', 'Mars;Mai;Juillet', 'Avril;Juin;Septembre'];
	const upload = await takeIn(new File([lines.join('\n')], 'calendrier-des-semis.csv', { type: 'text/csv' }));
	const file = await asSystem('demo', async (tx) => {
		const postId = await publishAs(tx, {
			authorId: viewer.id!,
			unitId: null,
			groupId,
			audience: 'group',
			text: 'Le calendrier des semis, à garder sous la main.',
			at: new Date(Date.now() - 5 * 86_400_000),
			files: [{ upload, description: '' }],
		});
		return tx.one<{ id: string }>(
			sql`select media.file_id as id from feed.media where media.post_id = ${postId}::uuid`,
		);
	});
	await pin(viewer, groupId, file!.id);
}
