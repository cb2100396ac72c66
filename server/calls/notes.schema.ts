import { z } from 'zod';

export const noteLength = 200;
/** One line: whatever spaces and line breaks it was typed with. */
export const NoteText = z
  .string()
  .trim()
  .overwrite((text) => text.replace(/\s+/g, ' '))
  .min(1)
  .max(noteLength);

/** A difficult caller is a note like another: it changes nothing else. */
export const NoteKind = z.enum(['note', 'difficult-caller']);
export type NoteKind = z.infer<typeof NoteKind>;

/** A short note about a member, which the member may ask to read. */
export const Note = z.object({
  id: z.string(),
  kind: NoteKind,
  text: z.string(),
  at: z.string(),
  authorName: z.string().nullable(),
});
export type Note = z.infer<typeof Note>;

export const NewNote = z.strictObject({
  kind: NoteKind,
  text: NoteText,
  /** Said after the warning: none of it is about health or opinions. */
  confirmed: z.boolean().optional(),
  callId: z.string().max(64).optional(),
});
export type NewNote = z.infer<typeof NewNote>;
