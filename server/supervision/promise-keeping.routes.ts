import { reading, type Route } from '../http/routes.ts';
import { PromiseKeeping, PromiseKeepingQuery } from './promise-keeping.schema.ts';
import { readPromiseKeeping } from './promise-keeping.service.ts';

export const promiseKeepingRoutes: Route[] = [
  reading('/promise-keeping', {
    summary:
      'What share of a year’s requests keep an organisation’s promise, for each postal product and zone',
    permission: 'promise.view',
    query: PromiseKeepingQuery,
    response: PromiseKeeping,
    handle: async (ctx, { query }) => readPromiseKeeping(ctx, query),
  }),
];
