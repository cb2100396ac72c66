import { looking, type Route } from '../http/routes.ts';
import { CallSummary } from './call-summary.schema.ts';
import { callSummary } from './call-summary.service.ts';

export const callSummaryRoutes: Route[] = [
  looking('get', '/calls/:id/summary', {
    summary: 'What happened in a call, in order, and as one text for a ticket without anybody’s name',
    permission: 'call.list',
    response: CallSummary,
    handle: (visit, { id }) => callSummary(visit, id),
  }),
];
