/**
 * Rows planted for Odile that a form changes without saying whose they were: gives the canary of each that is not as it was put.
 * Read inside the transaction, as the house; to have changed somebody's words counts as having found them.
 */
export const changedRows = `select word from (values
	('canary-field-me', exists (select from profiles.field where value ->> 'text' = 'canary-field-me')),
	('canary-consent', exists (select from people.consent where proof = 'canary-consent' and withdrawn_at is null))
) as planted (word, stands) where not stands`;
