/** A field that proves who somebody is: never given back, never kept. */
export const isSecret = (name: string) => /password|code|secret|token/.test(name);

/** What a page sends of itself: ids, numbers, choices. Anything else was written by somebody. */
export const isOfPage = (value: string) => /^[\w:./-]*$/.test(value);
