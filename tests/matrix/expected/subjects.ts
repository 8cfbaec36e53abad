import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { any, both, crowd, over } from '../who.ts';
import { present } from './feed.ts';

const { network, nobody } = crowd;
const odile = any('odile');
const keeps = { in: over.top.settings, busy: true } as const;
const base = '/administration/sujets';
const names = { name_fr: 'Montagnes', name_en: 'Mountains' };

/** The list of subjects is the web officer's; what is proposed is read by them and by who proposed it. */
export function subjects({ subjectIn: subject, subjectAsked: proposal }: Things): Target[] {
	const page = `${base}/${subject.listed}`;
	const act = (name: string, body: Record<string, string>, rest: object = keeps) =>
		at(`POST ${base}?${name}`, 'list', base, { ...rest, body });
	const late = { in: nobody, forbidden: over.top.settings };
	return [
		at(`GET ${base}`, 'list', base, { ...keeps, finds: { 'canary-proposal-waiting': over.top.settings } }),
		act('add', names),
		act('move', { id: subject.listed, direction: 'up' }),
		act('retire', { id: subject.listed }),
		act('restore', { id: subject.retired }),
		act('part', { id: subject.merged }),
		act('accept', { id: proposal.waiting, ...names }),
		act('answer', { id: proposal.waiting, answer: 'Plus tard' }),
		act('answer', { id: proposal.answered, answer: 'Plus tard' }, late),
		at(`GET ${base}/[id=id]`, 'subject', page, keeps),
		at(`POST ${base}/[id=id]?rename`, 'subject', page, { ...keeps, body: names }),
		at(`POST ${base}/[id=id]?merge`, 'subject', page, { ...keeps, body: { into: subject.retired } }),
		...followers(),
		...proposed(proposal),
		...programs(subject, proposal),
	];
}

function followers(): Target[] {
	const listed = { subject: 'canary-subject-listed' };
	return [
		// Inès let it come home: what an open group says, and nothing of a secret one.
		at('GET /fil', 'from afar', '/fil', {
			finds: {
				'canary-word-open': any('odile', 'mathis', 'ines'),
				'canary-word-secret': any('odile', 'mathis'),
			},
			rules: ['groups.circle.read', 'feed.post.see'],
		}),
		at('POST /sujets?show', 'followed by Odile', '/sujets', { in: any('odile', 'ines'), body: listed }),
		at('POST /sujets?quiet', 'followed by Odile', '/sujets', { in: any('odile', 'ines'), body: listed }),
		at('POST /sujets?follow', 'retired', '/sujets', {
			in: nobody,
			body: { subject: 'canary-subject-retired' },
		}),
	];
}

function proposed(proposal: Things['subjectAsked']): Target[] {
	const withdraw = (id: string, rest: object) =>
		at('POST /sujets?withdraw', 'proposal', '/sujets', { ...rest, body: { id } });
	return [
		at('GET /sujets', 'proposals', '/sujets', {
			finds: { 'canary-proposal-waiting': odile, 'canary-reply-answered': odile },
			rules: ['groups.proposal.see'],
		}),
		at('POST /sujets?propose', 'subject', '/sujets', {
			in: network,
			busy: true,
			body: { name: 'Montagnes' },
		}),
		withdraw(proposal.waiting, { in: odile, forbidden: over.top.settings }),
		withdraw(proposal.answered, { in: nobody, forbidden: both(odile, over.top.settings) }),
	];
}

function programs(subject: Things['subjectIn'], proposal: Things['subjectAsked']): Target[] {
	const api = '/api/v1/subjects';
	const own = '/api/v1/subject-proposals';
	// A token carries no second factor: no office acts through it alone.
	const write = { in: nobody };
	const follow = `${api}/canary-subject-listed/follow`;
	const home = `${api}/canary-subject-listed/home`;
	return [
		at(`GET ${api}`, 'list', api),
		at(`GET ${api}/kept`, 'list', `${api}/kept`, keeps),
		at(`PUT ${api}/[slug]/follow`, 'listed', follow, { in: network, body: { brings: 'Du temps' } }),
		at(`DELETE ${api}/[slug]/follow`, 'listed', follow, { in: network }),
		at(`DELETE ${api}/[id]/merge`, 'merged', `${api}/${subject.merged}/merge`, write),
		at(`GET ${api}/merged`, 'list', `${api}/merged`, {
			...keeps,
			finds: { 'canary-subject-merged': over.top.settings },
		}),
		at(`PUT ${api}/[slug]/home`, 'followed by Odile', home, { in: any('odile', 'ines') }),
		at(`DELETE ${api}/[slug]/home`, 'followed by Odile', home, { in: any('odile', 'ines') }),
		at(`GET ${api}/[id]`, 'listed', `${api}/${subject.listed}`),
		at(`POST ${api}/[id]/move`, 'subject', `${api}/${subject.listed}/move`, {
			...write,
			body: { direction: 'up' },
		}),
		at(`POST ${api}`, 'list', api, { ...write, body: names }),
		at(`PATCH ${api}/[id]`, 'subject', `${api}/${subject.listed}`, { ...write, body: names }),
		at(`PUT ${api}/[id]/retirement`, 'subject', `${api}/${subject.listed}/retirement`, write),
		at(`DELETE ${api}/[id]/retirement`, 'subject', `${api}/${subject.retired}/retirement`, write),
		at(`POST ${api}/[id]/merge`, 'subject', `${api}/${subject.listed}/merge`, {
			...write,
			body: { into: subject.retired },
		}),
		at(`GET ${own}/waiting`, 'list', `${own}/waiting`, {
			...keeps,
			finds: { 'canary-proposal-waiting': over.top.settings },
		}),
		at(`POST ${own}/[id]/acceptance`, 'waiting', `${own}/${proposal.waiting}/acceptance`, {
			...write,
			body: names,
		}),
		at(`POST ${own}/[id]/answer`, 'waiting', `${own}/${proposal.waiting}/answer`, {
			...write,
			body: { answer: 'Plus tard' },
		}),
		at(`GET ${own}`, 'list', own, { finds: { 'canary-proposal-waiting': present(odile) } }),
		at(`POST ${own}`, 'new', own, { in: network, busy: true, body: { name: 'Montagnes' } }),
		at(`DELETE ${own}/[id]`, 'waiting', `${own}/${proposal.waiting}`, { in: odile }),
		at(`DELETE ${own}/[id]`, 'answered', `${own}/${proposal.answered}`, { in: nobody, forbidden: odile }),
	];
}
