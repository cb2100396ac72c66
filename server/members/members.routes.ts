import { confirmIdentity } from '../agents/agents.service.ts';
import { looking, steps, type Route } from '../http/routes.ts';
import { findByIdentifier } from './finding.service.ts';
import {
  FindMember,
  FoundLines,
  FoundMember,
  MemberSearch,
  RevealedNir,
  RevealNir,
} from './members.schema.ts';
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
  looking('post', '/members/find', {
    summary: 'Find a member by a whole identifier: the identity line only',
    permission: 'member.find',
    body: FindMember,
    response: FoundLines,
    handle: (visit, { body }) => findByIdentifier(visit, body),
  }),
  steps('post', '/members/:id/reveal-nir', {
    summary: 'Show a member’s social-security number whole, with a reason, to who proves again who they are',
    permission: 'member.reveal-nir',
    body: RevealNir,
    response: RevealedNir,
    handle: async (visit, { id, body }) => {
      await confirmIdentity(visit, body, 'member.reveal-nir');
      return revealNir(visit, id, body.reason);
    },
  }),
];
