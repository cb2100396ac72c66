import { z } from 'zod';
import { look } from '../core/perform.ts';
import { looking, streaming, type Route } from '../http/routes.ts';
import { Consultations, ConsultationsLetter } from './consultations.schema.ts';
import { listConsultations, sendConsultations } from './consultations.service.ts';

export const consultationRoutes: Route[] = [
  looking('get', '/members/:id/consultations', {
    summary: 'Who consulted a member’s file: dates and purposes, without the agents',
    permission: 'consultations.view',
    response: Consultations,
    handle: (visit, { id }) => look(visit, (ctx) => listConsultations(ctx, id, 'screen')),
  }),
  streaming('post', '/members/:id/consultations/letter', {
    summary: 'The same as a document for the member',
    permission: 'consultations.view',
    body: ConsultationsLetter,
    response: z.string(),
    handle: (visit, { id, body }, out) => sendConsultations(visit, id, body, out),
  }),
];
