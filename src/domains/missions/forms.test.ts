import { expect, test } from 'vitest';
import { type Bound, holds, long } from '#tests/bounds.ts';
import { idOf } from '#tests/party.ts';
import { faults } from '#tests/traces.ts';
import { PersonForm, ProposeForm } from './initiatives/input.ts';
import { CancelForm, CloseForm, CreateForm, EditForm } from './input.ts';
import { round } from './missions.fixture.ts';
import { ExportForm, LaunchForm, SettleForm, SignForm } from './petitions/input.ts';

const unit = idOf('villebrume');

test('a mission: what, where, when, how many, for whom', () => {
	const bounds: Bound[] = [
		['kind', 'stand', 'fête', 'missions.kind_needed'],
		['title', long(120), long(121), 'missions.title_long'],
		['text', long(4_000), long(4_001), 'missions.text_long'],
		['audience', 'network', 'tous', 'missions.audience_needed'],
		['place', long(200), long(201), 'missions.place_long'],
		['place', 'Halle', ' ', 'missions.place_needed'],
		['day', '2027-01-05', '5 janvier', 'missions.day_needed'],
		['starts', '09:00', '9h', 'missions.hour_needed'],
		['ends', '11:30', '', 'missions.hour_needed'],
		['needed', '500', '501', 'missions.needed_shape'],
		['needed', '1', '0', 'missions.needed_shape'],
		['needed', ' 3 ', '3,5', 'missions.needed_shape'],
	];
	holds(CreateForm, round(), ...bounds);
	holds(EditForm, { ...round(), version: '1' }, ...bounds, ['version', '2', 'deux', 'app.invalid_value']);
});

test('its end: a reason, or what was counted', () => {
	holds(CancelForm, { reason: 'Il pleut' }, ['reason', long(500), long(501), 'missions.reason_long']);
	holds(
		CloseForm,
		{ people: '3', doors: '', leaflets: '' },
		['people', '0', '', 'missions.people_needed'],
		['people', '1000000', '1000001', 'missions.count_shape'],
		['doors', '', 'quelques-unes', 'missions.count_shape'],
		['leaflets', '12', '-12', 'missions.count_shape'],
		['report', long(2_000), long(2_001), 'missions.report_long'],
		['came', [idOf('odile')], Array.from({ length: 501 }, () => idOf('odile')), 'app.invalid_value'],
	);
});

test('an idea and a petition: what is said, and to whom', () => {
	const idea = { unit, title: 'Un verger', text: 'Vingt pommiers.' };
	holds(
		ProposeForm,
		idea,
		['text', long(8_000), long(8_001), 'missions.idea_text_long'],
		['text', 'Oui', ' \n', 'missions.idea_text_needed'],
		['audience', 'unit', 'public', 'missions.audience_needed'],
	);
	expect(faults(PersonForm, { person: 'odile' })).toHaveLength(1);
	holds(
		LaunchForm,
		{ ...idea, addressed_to: 'Aux transports' },
		['addressed_to', long(200), long(201), 'missions.petition_to_long'],
		['addressed_to', 'À la région', '', 'missions.petition_to_needed'],
	);
	holds(SettleForm, {}, ['result', '', long(2_001), 'missions.report_long']);
	holds(
		ExportForm,
		{ reason: 'Remise en main propre' },
		['reason', 'Dépôt', '', 'missions.export_reason_needed'],
		['reason', long(500), long(501), 'missions.reason_long'],
	);
});

test('who signs: a name, an address that is one, five figures or none', () => {
	const whole = { name: 'Lou', postcode: '', email: 'lou@exemple.example' };
	holds(
		SignForm,
		whole,
		['name', long(120), long(121), 'missions.sign_name_long'],
		['postcode', '01000', '0100', 'missions.sign_postcode_shape'],
		['postcode', '', 'Ain', 'missions.sign_postcode_shape'],
		['email', ' lou@exemple.example ', 'lou@', 'missions.sign_email_shape'],
		['email', whole.email, 'lou@a.example, ana@b.example', 'missions.sign_email_shape'],
		['email', whole.email, 'lou@a.example\r\nBcc: x@y.example', 'missions.sign_email_shape'],
	);
});
