import { looking, type Route } from '../http/routes.ts';
import { MemberPage } from './desk.schema.ts';
import { memberPage } from './desk.service.ts';

export const deskPageRoutes: Route[] = [
  looking('get', '/members/:id', {
    summary: 'The member’s page: may they get in, why not, and what may be done',
    permission: 'member.view',
    response: MemberPage,
    handle: (visit, { id }) => memberPage(visit, id),
  }),
];
