import { stationKey } from '../ground/keys.ts';
import type { Remark } from '../model.ts';

/** A station as the file names it, before zeros are put back. */
export interface Named {
	commune: string;
	number: string;
	/** A zero of the department's or the commune's code was put back. */
	isMended: boolean;
}

/** The two forms of the Ministry that start with a zero, once it is lost: "01.1" and "0A01". */
const LOST = /^(\d\.\d|[A-Z]\d\d)$/;

const isShort = (number: string) => /^\d{1,3}$/.test(number);

/**
 * The key of every station. Numbers are padded to four signs. Where the file shows that it lost its zeros, "1.1" and
 * "A01" get theirs back too, unless the commune also has "01.1" or "0A01": those are left, and said.
 */
export function keysOf(stations: Named[]): { keys: string[]; remarks: Remark[] } {
	const hasLostZeros = stations.some(({ number, isMended }) => isMended || isShort(number));
	const written = new Set(stations.map(({ commune, number }) => `${commune}_${number}`));
	let numbers = 0;
	const unclear: string[] = [];
	const keys = stations.map(({ commune, number }) => {
		if (isShort(number)) numbers++;
		if (!hasLostZeros || !LOST.test(number)) return stationKey(commune, number);
		if (written.has(`${commune}_0${number}`)) {
			unclear.push(`${commune}_${number}`);
			return stationKey(commune, number);
		}
		numbers++;
		return stationKey(commune, `0${number}`);
	});
	const codes = stations.filter(({ isMended }) => isMended).length;
	return { keys, remarks: remarksOf(codes, numbers, unclear) };
}

function remarksOf(codes: number, numbers: number, unclear: string[]): Remark[] {
	const remarks: Remark[] = [];
	if (codes > 0) remarks.push({ key: 'electoral-map.remark_zeros_of_communes', args: { count: codes } });
	if (numbers > 0) remarks.push({ key: 'electoral-map.remark_zeros_of_stations', args: { count: numbers } });
	if (unclear.length > 0)
		remarks.push({
			key: 'electoral-map.remark_zeros_unclear',
			args: { count: unclear.length, example: unclear[0] ?? '' },
		});
	return remarks;
}
