import type { Refused } from '#ui/problems.ts';

/** The address that a refused form says was probably meant (`gmial.com`); undefined when it says none. */
export function suggestedAddress(form: Refused | null | undefined): string | undefined {
	const offered = form?.problems?.find(({ key }) => key === 'people.email_suggested');
	return offered && String(offered.args?.suggestion);
}
