import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { organisationOf } from './about-member.ts';
import { holdsIdentifier } from './free-text.ts';
import type { NewNote, Note, NoteKind } from './notes.schema.ts';
import * as store from './notes.store.ts';
import type { NoteRow } from './notes.store.ts';
import { agentOf, callForAct } from './open-call.service.ts';

const shown = 20;

/** Writes a short note about a member, in the agent's open call. */
export const addNote = async (ctx: Ctx, memberId: string, input: NewNote): Promise<Note> => {
  const organisationId = await organisationOf(ctx, memberId);
  assertText(ctx, 'text', input);
  const call = await callForAct(ctx, { organisationId, memberId, callId: input.callId });
  const row = await writeNote(ctx, { ...input, organisationId, memberId, callId: call.id });
  return toNote(row, agentOf(ctx).name);
};

/** The last notes about a member, newest first. */
export const notesOfMember = async (ctx: Ctx, memberId: string): Promise<Note[]> => {
  const rows = await store.listNotes(ctx.db, memberId, shown);
  const names = await ctx.house.namesOfAgents(ctx.db, [...new Set(rows.map((row) => row.agent_id))]);
  return rows.map((row) => toNote(row, names.get(row.agent_id) ?? null));
};

/** Writes the note of an act that has been checked; recorded without its text. */
export const writeNote = async (
  ctx: Ctx,
  note: { organisationId: string; memberId: string; callId: string | null; kind: NoteKind; text: string },
): Promise<NoteRow> => {
  const { organisationId, memberId, callId, kind, text } = note;
  const row: NoteRow = {
    id: ctx.newId(),
    organisation_id: organisationId,
    member_id: memberId,
    call_id: callId,
    agent_id: agentOf(ctx).id,
    kind,
    text,
    at: ctx.now.toISOString(),
  };
  await store.insertNote(ctx.db, row);
  record(ctx, { type: 'member.noted', organisationId, memberId, callId, data: { noteId: row.id, kind } });
  return row;
};

type Field = 'text' | 'note' | 'word' | 'answer' | 'why';

/**
 * What a person typed about a member, before it is kept in plain text.
 *
 * @throws AppError `invalid-input` in its field when it holds an identifier; `policy-refused` when it smells of
 * health data or opinions and nobody has looked at it again.
 */
export const assertText = (
  { house }: Pick<Visit, 'house'>,
  field: Field,
  said: { [One in Field]?: string | undefined } & { confirmed?: boolean | undefined },
): void => {
  const text = said[field];
  if (text === undefined) return;
  if (holdsIdentifier(text)) {
    throw new AppError('invalid-input', 'common.invalidInput', { fields: { [field]: 'notes.identifier' } });
  }
  if (said.confirmed || !house.smellsSensitive(text)) return;
  throw new AppError('policy-refused', 'notes.sensitive', { rule: 'note-sensitive' });
};

const toNote = (row: NoteRow, authorName: string | null): Note => ({
  id: row.id,
  kind: row.kind,
  text: row.text,
  at: row.at,
  authorName,
});
