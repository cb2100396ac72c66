import { z } from 'zod';
import { reading, type Route } from '../http/routes.ts';
import { DebriefQuery, TrainingCall, TrainingDebrief, TrainingRing } from './training.schema.ts';
import { debrief, listTrainingCalls, ring } from './training.service.ts';

/** Reads of invented people only: outside a training space there is nobody to list. */
export const trainingRoutes: Route[] = [
  reading('/training-calls', {
    summary: 'The invented callers of a training space; none anywhere else',
    permission: 'member.search',
    response: z.array(TrainingCall),
    handle: async (ctx) => listTrainingCalls(ctx),
  }),
  reading('/training-calls/:id/ring', {
    summary: 'A caller begins to ring: when, by this server’s clock',
    permission: 'member.search',
    response: TrainingRing,
    handle: async (ctx, { id }) => ring(ctx, id),
  }),
  reading('/training-calls/:id/debrief', {
    summary: 'How a trainee’s call went since its caller rang, and what it was about',
    permission: 'member.search',
    query: DebriefQuery,
    response: TrainingDebrief,
    handle: (ctx, { id, query }) => debrief(ctx, id, query),
  }),
];
