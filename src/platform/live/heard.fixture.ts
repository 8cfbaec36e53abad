import type { LiveTopic } from '../domain.ts';
import type { Viewer } from '../viewer.ts';
import { hearingsOf } from './hearing.ts';

/** The channels that one person hears on one topic, and from whom they are kept apart there, themselves left out. */
export async function heardBy(
	viewer: Viewer,
	topic: LiveTopic,
): Promise<{ channels: string[]; apart: string[] }> {
	const [hearing] = await hearingsOf({ topic }, [viewer]);
	return {
		channels: [...hearing!.channels.keys()],
		apart: [...hearing!.apart].filter((id) => id !== viewer.id),
	};
}
