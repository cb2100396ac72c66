import { looking, steps, type Route } from '../http/routes.ts';
import { FoundMember, MemberSearch, RevealedNir, RevealNir } from './members.schema.ts';
import { revealNir } from './members.service.ts';
import { searchMembers } from './search.service.ts';

export const memberRoutes: Route[] = [
  looking('post', '/members/search', {
    summary: 'Find members by whatever the caller gives',
    permission: 'member.search',
    body: MemberSearch,
    response: FoundMember,
    list: 'members',
    handle: (visit, { body }) => searchMembers(visit, body),
  }),
  steps('post', '/members/:id/reveal-nir', {
    summary: 'Show a member’s social-security number whole, with a reason',
    permission: 'member.reveal-nir',
    body: RevealNir,
    response: RevealedNir,
    handle: (visit, { id, body }) => revealNir(visit, id, body.reason),
  }),
];
