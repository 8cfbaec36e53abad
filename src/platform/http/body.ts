import type { Access } from '../access.ts';
import { invalid } from '../errors.ts';
import { FILE_MAX } from '../files/sniff.ts';

/** Bytes of a form or of a program's request; only what takes files may be larger (`rate: 'upload'`), up to the server's limit. */
export const plainBodyMax = 1_000_000;

/** Bytes of a program's request that brings a file in base64, with what is said of it. */
export const fileBodyMax = Math.ceil((FILE_MAX * 4) / 3) + 100_000;

/** Refuses a body too large for its route, by what it announces, before any of it is read. Throws Invalid. */
export function refuseBulk(request: Request, access: Access): void {
	if (request.method === 'GET' || request.method === 'HEAD' || access.rate === 'upload') return;
	const announced = request.headers.get('content-length');
	if (request.body && (announced === null || Number(announced) > plainBodyMax))
		throw invalid({ field: '', key: 'app.too_large' });
}
