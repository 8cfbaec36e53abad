import { crc32 } from 'node:zlib';

/** One file to put in an archive; its path has no `..` and no leading `/`. */
export interface Packed {
	path: string;
	content: Buffer;
}

/** Where an entry begins, for the directory at the end. */
interface Placed {
	header: Buffer;
	path: Buffer;
	from: number;
}

const UTF8 = 0x0800;
// The first day that a zip can tell: when things happened is in the files themselves.
const firstDay = 0x0021;

/** What both headers of an entry say, in the same order. Nothing is folded: pictures would not shrink. */
function common({ content }: Packed, path: Buffer): Buffer {
	const header = Buffer.alloc(26);
	header.writeUInt16LE(20, 0);
	header.writeUInt16LE(UTF8, 2);
	header.writeUInt16LE(firstDay, 8);
	header.writeUInt32LE(crc32(content), 10);
	header.writeUInt32LE(content.length, 14);
	header.writeUInt32LE(content.length, 18);
	header.writeUInt16LE(path.length, 22);
	return header;
}

const word = (value: number) => {
	const four = Buffer.alloc(4);
	four.writeUInt32LE(value);
	return four;
};

function listed({ header, path, from }: Placed): Buffer {
	const made = Buffer.from([20, 0]);
	return Buffer.concat([word(0x02014b50), made, header, Buffer.alloc(10), word(from), path]);
}

function ending(count: number, size: number, from: number): Buffer {
	const counts = Buffer.alloc(4);
	counts.writeUInt16LE(count, 0);
	counts.writeUInt16LE(count, 2);
	return Buffer.concat([word(0x06054b50), Buffer.alloc(4), counts, word(size), word(from), Buffer.alloc(2)]);
}

/** A zip archive as its files come, one at a time in memory: for archives under 4 GB and 65 000 files. */
export async function* zipOf(files: AsyncIterable<Packed> | Iterable<Packed>): AsyncGenerator<Buffer> {
	const placed: Placed[] = [];
	let at = 0;
	for await (const file of files) {
		const path = Buffer.from(file.path);
		const header = common(file, path);
		placed.push({ header, path, from: at });
		const whole = Buffer.concat([word(0x04034b50), header, path, file.content]);
		at += whole.length;
		yield whole;
	}
	const directory = Buffer.concat(placed.map(listed));
	yield directory;
	yield ending(placed.length, directory.length, at);
}
