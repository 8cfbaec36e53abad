export const MEMBER_FIELDS = [
	'memberNumber',
	'familyName',
	'givenName',
	'fullName',
	'email',
	'phone',
	'postcode',
	'commune',
	'communeCode',
	'unit',
	'unitCode',
	'membershipType',
	'memberSince',
	'paidUntil',
] as const;

export const UNIT_FIELDS = [
	'code',
	'name',
	'kind',
	'parentCode',
	'parentName',
	'communes',
	'email',
	'website',
] as const;

export type MemberField = (typeof MEMBER_FIELDS)[number];
export type UnitField = (typeof UNIT_FIELDS)[number];
/** What a file lists. */
export type FileKind = 'members' | 'units';
export type FieldOf<K extends FileKind> = K extends 'members' ? MemberField : UnitField;
export type Field = MemberField | UnitField;

/** What we never take from a file, whatever the person asks. */
export type ForbiddenSubject =
	| 'civility'
	| 'marital_status'
	| 'children'
	| 'nationality'
	| 'religion'
	| 'health'
	| 'profession'
	| 'birth'
	| 'union'
	| 'sexuality'
	| 'identity_number';

export type Certainty = 'sure' | 'check' | 'ignored';

/** What a value looks like, whatever its column is called. */
export type ContentKind = 'email' | 'phone' | 'date' | 'postcode' | 'communeCode' | 'website';

/** Why a column was understood as it was; words are in the catalogues. */
export type Reason =
	| {
			code:
				| 'header'
				| 'header_ambiguous'
				| 'empty_column'
				| 'not_needed'
				| 'looks_like_birth_date'
				| 'unknown';
	  }
	| { code: 'content'; looksLike: ContentKind }
	| { code: 'content_differs'; expected: ContentKind }
	| { code: 'field_taken'; field: Field; by: number }
	| { code: 'forbidden'; subject: ForbiddenSubject };

/** What a column of the file becomes. `column` counts from 0. */
export type ColumnGuess<K extends FileKind = FileKind> = {
	column: number;
	header: string;
	field: FieldOf<K> | null;
	certainty: Certainty;
	reason: Reason;
};
