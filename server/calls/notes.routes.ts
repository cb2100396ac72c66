import { action, type Route } from '../http/routes.ts';
import { NewNote, Note } from './notes.schema.ts';
import { addNote } from './notes.service.ts';

export const noteRoutes: Route[] = [
  action('post', '/members/:id/notes', {
    summary: 'Write a short note about a member: never health data, opinions or identifiers',
    permission: 'member.note',
    body: NewNote,
    response: Note,
    status: 201,
    handle: (ctx, { id, body }) => addNote(ctx, id, body),
  }),
];
