import { z } from 'zod';
import { reading, type Route } from '../http/routes.ts';
import { TrainingCall, TrainingDebrief } from './training.schema.ts';
import { debrief, listTrainingCalls } from './training.service.ts';

/** Reads of invented people only: outside a training space there is nobody to list. */
export const trainingRoutes: Route[] = [
  reading('/training-calls', {
    summary: 'The invented callers of a training space; none anywhere else',
    permission: 'member.search',
    response: z.array(TrainingCall),
    handle: async (ctx) => listTrainingCalls(ctx),
  }),
  reading('/training-calls/:id/debrief', {
    summary: 'How a trainee’s call went, and what it was about',
    permission: 'member.search',
    response: TrainingDebrief,
    handle: (ctx, { id }) => debrief(ctx, id),
  }),
];
