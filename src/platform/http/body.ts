import type { Access, RateClass } from '../access.ts';
import { invalid } from '../errors.ts';
import { FILE_MAX } from '../files/sniff.ts';

/** Bytes of a form or of a program's request; only what takes files may be larger (`rate: 'upload'`, `files`), up to the server's limit. */
export const plainBodyMax = 1_000_000;

/** Bytes of a program's request that brings a file in base64, with what is said of it. */
export const fileBodyMax = Math.ceil((FILE_MAX * 4) / 3) + 100_000;

const isReading = ({ method }: Request) => method === 'GET' || method === 'HEAD';

/** Whether files may be sent there. */
export const takesFiles = ({ rate, files }: Pick<Access, 'rate' | 'files'>): boolean =>
	rate === 'upload' || Boolean(files);

function isBulky(request: Request): boolean {
	const announced = request.headers.get('content-length');
	return Boolean(request.body) && (announced === null || Number(announced) > plainBodyMax);
}

/** Refuses a body too large for its route, by what it announces, before any of it is read. Throws Invalid. */
export function refuseBulk(request: Request, access: Access): void {
	if (isReading(request) || takesFiles(access)) return;
	if (isBulky(request)) throw invalid({ field: '', key: 'app.too_large' });
}

/** As what a request counts for who sends it. Words that may bring files are written as often as any others; large ones are uploads. */
export function rateOf(request: Request, { rate, files }: Access): RateClass {
	if (files && isBulky(request)) return 'upload';
	return rate ?? (isReading(request) ? 'read' : 'write');
}
