import { feeding, looking, reading, type Route } from '../http/routes.ts';
import { MemberPage } from './desk.schema.ts';
import { memberPage } from './desk.service.ts';
import { LiveEvent } from './live.schema.ts';
import { followMember } from './live.service.ts';
import { MemberProgress } from './progress.schema.ts';
import { memberProgress } from './progress.service.ts';

export const deskPageRoutes: Route[] = [
  looking('get', '/members/:id', {
    summary: 'The member’s page: may they get in, why not, and what may be done',
    permission: 'member.view',
    response: MemberPage,
    handle: (visit, { id }) => memberPage(visit, id),
  }),
  reading('/members/:id/progress', {
    summary: 'What moves while the caller is on the line; only within the call that is about this member',
    permission: 'member.view',
    response: MemberProgress,
    background: true,
    handle: (ctx, { id }) => memberProgress(ctx, id),
  }),
  feeding('/members/:id/events', {
    summary:
      'Tells that something happened to the member, by its type; only within the call that is about them',
    permission: 'member.view',
    response: LiveEvent,
    handle: (visit, { id }, feed) => followMember(visit, id, feed),
  }),
];
