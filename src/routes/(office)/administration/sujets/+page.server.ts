import * as groups from '#domains/groups/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';
import { turned } from './acts.ts';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('groups.kept_subjects'),
	...(await groups.subjectsKept(viewer)),
});

export const actions = {
	add: form(groups.SubjectForm, turned(groups.addSubject, 'groups.subject_done')),
	move: form(groups.MoveSubjectForm, turned(groups.moveSubject)),
	retire: form(groups.OneSubjectForm, turned(groups.retireSubject, 'groups.subject_gone', 'restore')),
	restore: form(groups.OneSubjectForm, turned(groups.restoreSubject, 'groups.subject_back')),
	part: form(groups.OneSubjectForm, turned(groups.partSubject, 'groups.subject_parted')),
	accept: form(groups.AcceptForm, turned(groups.acceptProposal, 'groups.subject_done')),
	answer: form(groups.AnswerForm, turned(groups.answerProposal, 'groups.proposal_sent')),
} satisfies Actions;
