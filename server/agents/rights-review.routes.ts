import { z } from 'zod';
import { action, listing, reading, streaming, type Route } from '../http/routes.ts';
import { exportRights } from './rights-export.service.ts';
import {
  ConfirmedRights,
  ConfirmManyRights,
  ConfirmRights,
  ExportRights,
  RightsDue,
  RightsFilter,
  RightsLine,
} from './rights-review.schema.ts';
import { confirmManyRights, confirmRights, countDue, listRights } from './rights-review.service.ts';
import { rightsFields } from './rights-review.store.ts';

export const rightsReviewRoutes: Route[] = [
  reading('/rights-review/due', {
    summary: 'How many accounts nobody has reviewed for a year',
    permission: 'rights.view',
    response: RightsDue,
    background: true,
    handle: (ctx) => countDue(ctx),
  }),
  listing('/rights-review', {
    summary: 'Who may do what, for whom, and who last said that this is right',
    permission: 'rights.view',
    filter: RightsFilter,
    sortable: rightsFields,
    response: RightsLine,
    handle: listRights,
  }),
  streaming('post', '/rights-review/export', {
    summary: 'The whole review as a CSV file',
    permission: 'rights.view',
    body: ExportRights,
    response: z.string(),
    contentType: 'text/csv',
    handle: (visit, { body }, out) => exportRights(visit, body, out),
  }),
  action('post', '/rights-review/confirm', {
    summary: 'Say that what several other agents may do is right: all of them or none',
    permission: 'rights.confirm',
    body: ConfirmManyRights,
    response: ConfirmedRights,
    handle: (ctx, { body }) => confirmManyRights(ctx, body),
  }),
  action('post', '/rights-review/:id/confirm', {
    summary: 'Say that what another agent may do is right',
    permission: 'rights.confirm',
    body: ConfirmRights,
    response: RightsLine,
    handle: (ctx, { id, body }) => confirmRights(ctx, id, body),
  }),
];
