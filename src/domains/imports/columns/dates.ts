import { foldText } from './fold.ts';
import { cleanText, doubt, type Reading, unreadable } from './reading.ts';

/** Which day stands for a month or a year alone: the first when something starts, the last when it ends. */
export type Edge = 'start' | 'end';

const MONTHS = [
	['janvier', 'janv', 'jan', 'january'],
	['fevrier', 'fevr', 'fev', 'feb', 'february'],
	['mars', 'mar', 'march'],
	['avril', 'avr', 'apr', 'april'],
	['mai', 'may'],
	['juin', 'jun', 'june'],
	['juillet', 'juil', 'jul', 'july'],
	['aout', 'aou', 'aug', 'august'],
	['septembre', 'sept', 'sep', 'september'],
	['octobre', 'oct', 'october'],
	['novembre', 'nov', 'november'],
	['decembre', 'dec', 'december'],
];

type Parts = { year: number; month?: number; day?: number };

/** Reads a date as French people and spreadsheets write it, into `YYYY-MM-DD`. Day before month, unless impossible. */
export function readDate(cell: string, edge: Edge): Reading<string> {
	const text = cleanText(cell);
	if (text === '' || /^0+([/.-]0+)*$/.test(text)) return { value: null };
	const parts = partsOf(text);
	if (!parts) return unreadable('date_format');
	const { year, month = edge === 'start' ? 1 : 12, day } = parts;
	if (month > 12 && day !== undefined && day <= 12 && isReal(year, day, month)) {
		return unreadable('date_order', `${pad(month)}/${pad(day)}/${year}`);
	}
	const chosen = day ?? (edge === 'start' ? 1 : daysIn(year, month));
	if (!isReal(year, month, chosen)) return unreadable('date_impossible');
	return { value: iso(year, month, chosen) };
}

/** Two figures of a year further away than this were of the century before. */
const NEAR = 10;

/** A day when something began: not after today, not before 1900. */
export function readPastDate(cell: string, today: string): Reading<string> {
	const reading = readDate(cell, 'start');
	if (reading.value === null) return reading;
	const year = Number(reading.value.slice(0, 4));
	const isShort = !/\d{4}/.test(cell);
	if (isShort && year > Number(today.slice(0, 4)) + NEAR)
		return { value: `${year - 100}${reading.value.slice(4)}` };
	if (reading.value > today) return doubt(reading.value, 'date_future', null);
	return reading.value < '1900' ? unreadable('date_too_old') : reading;
}

/** The last day of something: the end of the month or year when the day is not said. */
export function readEndDate(cell: string): Reading<string> {
	const reading = readDate(cell, 'end');
	return reading.value !== null && reading.value < '1900' ? unreadable('date_too_old') : reading;
}

function partsOf(text: string): Parts | null {
	const bare = text.replace(/[T ]+\d{1,2}[:h]\d{2}.*$/, '').replace(/^(le|depuis|au)\s+/i, '');
	let found = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})$/.exec(bare);
	if (found) return { day: Number(found[1]), month: Number(found[2]), year: fullYear(found[3] ?? '') };
	found =
		/^(\d{4})[/. -](\d{1,2})(?:[/. -](\d{1,2}))?$/.exec(bare) ??
		/^((?:19|20)\d\d)([01]\d)([0-3]\d)$/.exec(bare);
	if (found)
		return { year: Number(found[1]), month: Number(found[2]), ...(found[3] && { day: Number(found[3]) }) };
	found = /^(\d{1,2})[/. -](\d{4})$/.exec(bare);
	if (found) return { month: Number(found[1]), year: Number(found[2]) };
	if (/^(19|20)\d\d$/.test(bare)) return { year: Number(bare) };
	if (/^[2-6]\d{4}([.,]\d+)?$/.test(bare)) return fromSerial(Math.floor(Number(bare.replace(',', '.'))));
	return fromWords(foldText(bare));
}

/** Days since 30 December 1899, as spreadsheets count. */
function fromSerial(serial: number): Parts {
	const date = new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000);
	return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function fromWords(text: string): Parts | null {
	const found = /^(?:(\d{1,2})(?:er|st|nd|rd|th)? )?(\p{L}+) (?:(\d{1,2}) )?(\d{4}|\d{2})$/u.exec(text);
	const month = MONTHS.findIndex((names) => names.includes(found?.[2] ?? '')) + 1;
	if (!found || month === 0) return null;
	const day = found[1] ?? found[3];
	return { year: fullYear(found[4] ?? ''), month, ...(day && { day: Number(day) }) };
}

function fullYear(text: string): number {
	const year = Number(text);
	if (text.length === 4) return year;
	return year < 70 ? 2000 + year : 1900 + year;
}

function daysIn(year: number, month: number): number {
	return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isReal(year: number, month: number, day: number): boolean {
	return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function iso(year: number, month: number, day: number): string {
	return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
}

function pad(number: number): string {
	return String(number).padStart(2, '0');
}
