import { expect, test } from 'vitest';
import { parse } from '#platform/http/form.ts';
import { AppealForm, HearForm } from './appeal.ts';
import { DecideForm } from './decide.ts';
import { ReportForm } from './report.ts';

const problems = (schema: Parameters<typeof parse>[0], input: unknown) => {
	try {
		parse(schema, input);
		return [];
	} catch (refusal) {
		return (refusal as { problems: { field: string; key: string }[] }).problems.map(
			({ field, key }) => `${field} ${key}`,
		);
	}
};

test('each form says at the field what is missing or wrong', () => {
	expect(problems(ReportForm, {})).toEqual(['reason safety.reason_needed']);
	expect(problems(ReportForm, { reason: 'because' })).toEqual(['reason safety.reason_needed']);
	expect(problems(ReportForm, { reason: 'attack', note: 'x'.repeat(2001) })).toEqual([
		'note safety.note_too_long',
	]);
	expect(problems(DecideForm, {})).toEqual(['outcome safety.outcome_needed', 'rule safety.rule_needed']);
	expect(problems(DecideForm, { outcome: 'hide', rule: 'attack', days: '3650' })).toEqual([
		'days safety.days_needed',
	]);
	expect(problems(AppealForm, { text: '   ' })).toEqual(['text safety.appeal_needed']);
	expect(problems(HearForm, {})).toEqual(['outcome safety.outcome_needed', 'answer safety.answer_needed']);
});
