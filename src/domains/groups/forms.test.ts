import { describe, expect, test } from 'vitest';
import { type Bound, holds, long } from '#tests/bounds.ts';
import { idOf } from '#tests/party.ts';
import { faults } from '#tests/traces.ts';
import { CreateForm } from './create.ts';
import { AskForm } from './enter.ts';
import { FollowForm } from './follow.ts';
import { about } from './groups.fixture.ts';
import { InviteForm } from './invite.ts';
import { EditForm, ExcludeForm, SuccessorForm } from './lead.ts';
import { MoveSubjectForm, SubjectForm } from './subjects/keep.ts';
import { AnswerForm, ProposeForm } from './subjects/propose.ts';

describe('the form of a group', () => {
	test('takes a name, a purpose, rules, who finds it and three subjects', () => {
		const subjects = (n: number) => Array.from({ length: n }, (_, at) => idOf(`subject ${at}`));
		const bounds: Bound[] = [
			['name', 'Ivy', 'Iv', 'groups.name_needed'],
			['name', long(80), long(81), 'groups.name_long'],
			['aim', 'Dix signes', 'Neuf lett', 'groups.purpose_needed'],
			['aim', long(600), long(601), 'groups.purpose_long'],
			['rules', long(4_000), long(4_001), 'groups.rules_long'],
			['visibility', 'secret', 'privé', 'groups.visibility_needed'],
			['visibility', 'open', '', 'groups.visibility_needed'],
			['subjects', subjects(3), subjects(4), 'groups.subjects_many'],
		];
		holds(CreateForm, about(), ...bounds, ['unit', idOf('villebrume'), 'ici', 'app.invalid_value']);
		holds(EditForm, { ...about(), version: '1' }, ...bounds, ['version', '2', '1.5', 'groups.reload']);
	});

	test('left whole empty, says every field that is needed, in the order of the page', () => {
		expect(faults(CreateForm, { name: '', aim: '', visibility: '' })).toEqual([
			'name groups.name_needed',
			'aim groups.purpose_needed',
			'visibility groups.visibility_needed',
		]);
	});
});

test('a word to who leads, a reason to who is put out, a person to invite: each within its size', () => {
	holds(AskForm, {}, ['note', long(500), long(501), 'groups.note_long']);
	const out = { person: idOf('mathis'), reason: 'Insultes' };
	holds(
		ExcludeForm,
		out,
		['reason', 'Non', 'ab', 'groups.reason_needed'],
		['reason', long(500), long(501), 'groups.note_long'],
	);
	expect(faults(InviteForm, { person: 'mathis' })).toHaveLength(1);
	holds(SuccessorForm, {}, ['successor', '', 'mathis', 'app.invalid_value']);
});

test('what one brings to a subject, and the words of one who proposes or answers', () => {
	holds(FollowForm, {}, ['brings', long(300), long(301), 'groups.brings_long']);
	holds(
		ProposeForm,
		{ name: 'Haies' },
		['name', 'Âne', 'Â', 'groups.subject_name_needed'],
		['name', long(60), long(61), 'groups.subject_name_long'],
		['name', 'Eau vive', 'Eau <vive>', 'groups.subject_name_signs'],
		['why', long(300), long(301), 'groups.subject_why_long'],
	);
	holds(
		AnswerForm,
		{ id: idOf('proposal'), answer: 'Oui' },
		['answer', 'Ok', 'O', 'groups.answer_needed'],
		['answer', long(500), long(501), 'groups.answer_long'],
	);
	holds(SubjectForm, { name_fr: 'Haies' }, ['name_en', '', long(61), 'groups.subject_name_long']);
	holds(MoveSubjectForm, { id: idOf('s') }, ['direction', 'up', 'left', 'app.invalid_value']);
});
