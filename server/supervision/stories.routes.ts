import { look } from '../core/perform.ts';
import { looking, type Route } from '../http/routes.ts';
import { agentDay } from './agent-day.service.ts';
import { memberStory } from './member-story.service.ts';
import { findCalls } from './find-call.service.ts';
import { AgentDay, DayQuery, FindCalls, FoundCalls, MemberStory, StoryQuery } from './stories.schema.ts';

export const storyRoutes: Route[] = [
  looking('get', '/members/:id/story', {
    summary: 'Everything the audit holds about one member, newest first, with the calls it belongs to',
    permission: 'audit.list',
    query: StoryQuery,
    response: MemberStory,
    handle: (visit, { id, query }) => look(visit, (ctx) => memberStory(ctx, id, query)),
  }),
  looking('get', '/agents/:id/day', {
    summary: 'What one agent did on a Paris day, call by call',
    permission: 'audit.list',
    query: DayQuery,
    response: AgentDay,
    handle: (visit, { id, query }) => look(visit, (ctx) => agentDay(ctx, id, query.day)),
  }),
  looking('post', '/calls/find', {
    summary: 'Calls by their reference, to read what the audit holds of one',
    permission: 'audit.list',
    body: FindCalls,
    response: FoundCalls,
    handle: (visit, { body }) => look(visit, (ctx) => findCalls(ctx, body.reference)),
  }),
];
