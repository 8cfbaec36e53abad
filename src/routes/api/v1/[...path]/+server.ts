import { answer } from '#platform/http/api.ts';
import { operations } from '#registry.ts';
import type { RequestHandler } from './$types';

/** Every verb of the API is declared by a domain; this is their only door. */
export const fallback: RequestHandler = (event) => answer(event, operations);
