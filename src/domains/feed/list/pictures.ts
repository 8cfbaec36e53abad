import { measure, PIXELS_MAX } from '#platform/files/image.ts';
import { FileProblem } from '#platform/files/problem.ts';
import { sniff } from '#platform/files/sniff.ts';
import { faultKey } from '../media.ts';

/** Pictures of one post. */
const photosMax = 4;

/** A file that came by mail and is not kept: its name, and the key of why. */
export interface Left {
	name: string;
	why: string;
}

/** Which files of a mail become pictures of the post, in their order, and which are left out. Judged by their bytes. */
export async function picturesIn(files: readonly File[]): Promise<{ photos: File[]; left: Left[] }> {
	const photos: File[] = [];
	const left: Left[] = [];
	for (const file of files) {
		const why = photos.length < photosMax ? await faultOf(file) : 'feed.photos_too_many';
		if (why) left.push({ name: file.name, why });
		else photos.push(file);
	}
	return { photos, left };
}

/** Why a file is no picture for a post, as a key; null when it is one. */
async function faultOf(file: File): Promise<string | null> {
	try {
		const bytes = Buffer.from(await file.arrayBuffer());
		const { family } = await sniff(bytes, file.name);
		if (family !== 'image') return 'feed.list_not_photo';
		const { width, height } = await measure(bytes);
		return width * height > PIXELS_MAX ? faultKey('too_many_pixels') : null;
	} catch (problem) {
		if (problem instanceof FileProblem) return faultKey(problem.code);
		throw problem;
	}
}

/** What programs write in the text where a picture stood. */
const standIn = /^[ \t]*\[(?:image|cid)\s?:[^\]\n]{0,200}\][ \t]*$/gim;

/** The words of a mail without the signs that stand for its pictures. */
export const withoutStandIns = (text: string): string =>
	text
		.replace(standIn, '')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
