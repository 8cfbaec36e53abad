import { wholeCommune } from '../ground/keys.ts';

/** A code, and whether a zero lost on the way was put back. */
export interface Code {
	code: string;
	isMended: boolean;
}

// What the Ministry writes for overseas in 2017, 2019 and 2022, and what INSEE writes.
const overseas: Record<string, string> = {
	ZA: '971',
	ZB: '972',
	ZC: '973',
	ZD: '974',
	ZS: '975',
	ZM: '976',
	ZW: '986',
	ZP: '987',
	ZN: '988',
};

const isSaints = (department: string) => ['ZX', '977', '978'].includes(department);

/**
 * The INSEE code of a commune from its department and its own code, which is either the three signs of the Ministry
 * ("004", "ZA" + "101") or the whole ("01004", "ZA101"). Abroad there is none: `ZZ001`. Null when the two disagree,
 * or when a lost zero may have stood in two places.
 */
export function communeCode(departmentCell: string, communeCell: string): Code | null {
	const commune = communeCell.trim().toUpperCase();
	const { code: department, isMended } = departmentCode(departmentCell);
	const found = commune.length > 3 ? wholeCode(commune) : innerCode(department, commune);
	if (!found || (department && !belongs(found.code, department))) return null;
	return { code: wholeCommune(found.code), isMended: isMended || found.isMended };
}

function departmentCode(cell: string): Code {
	const text = cell.trim().toUpperCase();
	return { code: /^\d$/.test(text) ? `0${text}` : text, isMended: /^\d$/.test(text) };
}

function wholeCode(text: string): Code | null {
	if (/^Z[A-Z]\d{3}$/.test(text)) return innerCode(text.slice(0, 2), text.slice(2));
	const code = /^\d{4}$/.test(text) ? `0${text}` : text;
	return /^(\d{5}|2[AB]\d{3})$/.test(code) ? { code, isMended: code !== text } : null;
}

function innerCode(department: string, text: string): Code | null {
	if (!/^\d{1,3}$/.test(text)) return null;
	const inner = text.padStart(3, '0');
	const isMended = inner !== text;
	if (isSaints(department)) return { code: `97${inner}`, isMended };
	const territory = overseas[department] ?? (/^9[78]\d$/.test(department) ? department : null);
	// The first of the three signs repeats the department, and not always the same way: 501 and 601 are both 97601
	if (territory) return { code: territory + inner.slice(1), isMended };
	return /^(\d\d|2[AB]|ZZ)$/.test(department) ? { code: department + inner, isMended } : null;
}

/** Saint-Martin and Saint-Barthélemy were communes of Guadeloupe. */
function belongs(code: string, department: string): boolean {
	if (isSaints(department)) return /^97[178]/.test(code);
	return code.startsWith(overseas[department] ?? department);
}

/**
 * The code of a constituency, as in the addresses of the two kinds of file: "01" + "01" and "1" + "101" are `0101`,
 * "ZA" + "01" and "971" + "97101" are `97101`, "ZZ" + "ZZ11" is `ZZ11`.
 */
export function constituencyCode(departmentCell: string, constituency: string): Code | null {
	const { code: department, isMended } = departmentCode(departmentCell);
	const text = constituency.trim().toUpperCase();
	const [, number] = text.match(/^(?:.*[A-Z\d])?(\d\d)$/) ?? text.match(/^(\d)$/) ?? [];
	if (!number || !department) return null;
	const before = text.slice(0, -2).padStart(2, '0');
	if (text.length > 2 && before !== department) return null;
	return { code: (overseas[department] ?? department) + number.padStart(2, '0'), isMended };
}
