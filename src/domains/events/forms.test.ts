import { describe, expect, test } from 'vitest';
import { type Bound, holds, long } from '#tests/bounds.ts';
import { idOf } from '#tests/party.ts';
import { faults } from '#tests/traces.ts';
import { AnswerForm, CancelForm, ChangeForm, CreateForm } from './input.ts';
import { QuestionForm, ReplyForm } from './questions.ts';
import { ReportForm } from './report/write.ts';
import { ShiftForm } from './shifts.ts';
import { said } from './stage.fixture.ts';
import { VisitForm, VisitorForm } from './visitors.ts';

describe('the form of an event says at each field what it takes', () => {
	test.each<Bound>([
		['title', long(120), long(121), 'events.title_long'],
		['title', 'À', ' \u00a0 ', 'events.title_needed'],
		['text', long(10_000), long(10_001), 'events.text_long'],
		['place_name', long(160), long(161), 'events.place_long'],
		['street', long(300), long(301), 'events.place_long'],
		['commune', '', long(101), 'events.commune_unknown'],
		['online_url', 'https://visio.example/a', 'visio.example', 'events.link_shape'],
		['online_url', 'http://visio.example', 'javascript:alert(1)', 'events.link_shape'],
		['online_url', '', 'https://moi:secret@visio.example', 'events.link_shape'],
		['visibility', 'public', 'tous', 'events.visibility_needed'],
		['capacity', '100000', '100001', 'events.capacity_shape'],
		['capacity', '', '0', 'events.capacity_shape'],
		['capacity', '12', 'douze', 'events.capacity_shape'],
		['guests_allowed', '10', '11', 'events.guests_shape'],
		['guests_allowed', '0', '-1', 'events.guests_shape'],
		['guests_allowed', '2', '1.5', 'events.guests_shape'],
		['day', '2027-05-01', '01/05/2027', 'events.day_needed'],
		['starts', '19:00', '19h', 'events.time_needed'],
		['every', '12', '13', 'events.every_shape'],
		['every', '1', '0', 'events.every_shape'],
		['times', '200', '201', 'events.times_shape'],
		['repeat', 'weekly', 'yearly', 'app.invalid_value'],
		['time_zone', 'Indian/Reunion', 'Europe/London', 'app.invalid_value'],
		['unit', idOf('villebrume'), 'villebrume', 'app.invalid_value'],
	])('%s: %j passes, %j does not', (...bound) => {
		holds(CreateForm, said(), bound);
	});

	test('a change speaks of one date or of those that follow, at a state that was read', () => {
		const whole = { ...said(), scope: 'this', sequence: '3' };
		holds(ChangeForm, whole, ['scope', 'following', 'all', 'app.invalid_value']);
		holds(ChangeForm, whole, ['sequence', '0', '-1', 'app.invalid_value']);
		holds(ChangeForm, whole, ['title', 'Fête', '', 'events.title_needed']);
	});
});

describe('small forms around an event', () => {
	test('an answer is one of three, with ten guests at most; none keeps those said before', () => {
		holds(AnswerForm, { presence: 'coming' }, ['presence', 'maybe', 'peut-être', 'events.answer_needed']);
		holds(AnswerForm, { presence: 'coming' }, ['guests', '', '11', 'events.guests_shape']);
		expect(faults(AnswerForm, {})).toEqual(['presence events.answer_needed']);
	});

	test('calling off takes a reason that those who come will read', () => {
		holds(CancelForm, { reason: 'Orage' }, ['reason', long(500), long(501), 'events.reason_long']);
		holds(CancelForm, { reason: 'Orage' }, ['reason', 'Orage', '  ', 'events.reason_needed']);
	});

	test('a shift has a name and between one and two hundred people', () => {
		const whole = { name: 'Accueil', starts: '', ends: '', needed: '1' };
		holds(ShiftForm, whole, ['name', long(120), long(121), 'events.shift_long']);
		holds(ShiftForm, whole, ['name', 'Buvette', '\n', 'events.shift_needed']);
		holds(ShiftForm, whole, ['needed', '200', '201', 'events.shift_number']);
		holds(ShiftForm, whole, ['needed', '', '0', 'events.shift_number']);
		expect(faults(ShiftForm, { ...whole, starts: '9h' })).toHaveLength(1);
	});

	test('a question and its answer have words, two thousand signs at most', () => {
		holds(QuestionForm, {}, ['question', long(2_000), long(2_001), 'events.question_long']);
		holds(QuestionForm, {}, ['question', 'Où ?', ' \n ', 'events.question_needed']);
		holds(ReplyForm, { id: idOf('q') }, ['reply', 'Ici.', '', 'events.question_needed']);
	});

	test('what is told afterwards: four photos at a time, each with its words, and a number', () => {
		const photo = () => new File(['x'], 'x.png', { type: 'image/png' });
		const photos = (n: number) => Array.from({ length: n }, photo);
		holds(ReportForm, {}, ['photos', photos(4), photos(5), 'events.report_photos_many']);
		holds(ReportForm, {}, ['text', long(10_000), long(10_001), 'events.report_long']);
		holds(ReportForm, {}, ['counted', '1000000', '1000001', 'events.report_counted_shape']);
		const [words] = faults(ReportForm, { descriptions: [long(501)] });
		expect(words).toMatch(/^descriptions\S* events\.report_description_long$/);
	});

	test('a visitor gives an address, and a name if they like', () => {
		holds(VisitForm, { email: 'lou@dehors.example' }, [
			'name',
			long(80),
			long(81),
			'people.visitor_name_long',
		]);
		expect(faults(VisitForm, { email: 'lou' })).toHaveLength(1);
		holds(VisitorForm, { cle: 'x' }, ['guests', '10', '11', 'events.guests_shape']);
	});
});
