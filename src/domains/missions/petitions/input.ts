import * as v from 'valibot';
import { oneAddress } from '#platform/mail/address.ts';
import { idText } from '#platform/text/typed.ts';
import { ideaText } from '../initiatives/input.ts';
import { line, titleMax, words } from '../input.ts';

const isAddress = (text: string) => {
	try {
		return Boolean(oneAddress(text));
	} catch {
		return false;
	}
};

/** A new petition; `official` makes it the unit's. */
export const LaunchForm = v.object({
	unit: idText,
	official: v.optional(v.string()),
	title: line(titleMax, 'missions.title_needed', 'missions.title_long'),
	addressed_to: line(200, 'missions.petition_to_needed', 'missions.petition_to_long'),
	text: ideaText,
});
export type Launch = v.InferOutput<typeof LaunchForm>;

/** What a visitor signs with. */
export const SignForm = v.object({
	name: line(120, 'missions.sign_name_needed', 'missions.sign_name_long'),
	postcode: v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.regex(/^(?:\d{5})?$/, 'missions.sign_postcode_shape'),
	),
	email: v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.maxLength(254, 'missions.sign_email_shape'),
		v.check(isAddress, 'missions.sign_email_shape'),
		v.transform(oneAddress),
	),
	/** Left empty by people, who do not see it. */
	website: v.optional(v.string(), ''),
});
export type Signing = v.InferOutput<typeof SignForm>;

/** What came of it, for those who signed. */
export const SettleForm = v.object({ result: words(2000, 'missions.report_long') });
/** Why the list is taken away: the journal keeps it. */
export const ExportForm = v.object({
	reason: line(500, 'missions.export_reason_needed', 'missions.reason_long'),
});
