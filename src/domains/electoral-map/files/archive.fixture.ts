import { constants, crc32, deflateRawSync, gzipSync } from 'node:zlib';

const MB = 1024 * 1024;
const STEP = 16;

/** A gzip of `size` MB of zeros, in a thousandth of it: the same member again and again. */
export function gzipBomb(size: number): Buffer {
	const member = gzipSync(Buffer.alloc(STEP * MB));
	return Buffer.concat(Array.from({ length: size / STEP }, () => member));
}

/** A zip with one entry that unfolds to `size` MB and announces `announced` bytes. */
export function zipBomb(size: number, announced: number): Buffer {
	const step = deflateRawSync(Buffer.alloc(STEP * MB), { finishFlush: constants.Z_FULL_FLUSH });
	const steps = Array.from({ length: size / STEP }, () => step);
	return zipOf('bomb.csv', Buffer.concat([...steps, Buffer.from([3, 0])]), announced);
}

/** A zip with one text under any name, dangerous ones too. */
export function zipNamed(name: string, text: string): Buffer {
	return zipOf(name, deflateRawSync(text), Buffer.byteLength(text), crc32(text));
}

function zipOf(name: string, packed: Buffer, size: number, crc = 0): Buffer {
	const shared = Buffer.alloc(26);
	shared.writeUInt16LE(20, 0);
	shared.writeUInt16LE(8, 4);
	shared.writeUInt32LE(crc, 10);
	shared.writeUInt32LE(packed.length, 14);
	shared.writeUInt32LE(size, 18);
	shared.writeUInt16LE(Buffer.byteLength(name), 22);
	const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, Buffer.from(name), packed]);
	const made = Buffer.from([20, 0]);
	const entry = Buffer.concat([
		Buffer.from('PK\x01\x02', 'latin1'),
		made,
		shared,
		Buffer.alloc(14),
		Buffer.from(name),
	]);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(1, 8);
	end.writeUInt16LE(1, 10);
	end.writeUInt32LE(entry.length, 12);
	end.writeUInt32LE(local.length, 16);
	return Buffer.concat([local, entry, end]);
}
