import { z } from 'zod';
import { action, listing, streaming, type Route } from '../http/routes.ts';
import { sendRecord } from './destruction-record.service.ts';
import { Destruction, DestructionKind, RecordQuery } from './destructions.schema.ts';
import { listDestructions, witnessDestruction } from './destructions.service.ts';
import { destructionFields } from './destructions.store.ts';
import { LotVersion } from './lots.schema.ts';

const id = z.string().max(64).optional();

export const destructionRoutes: Route[] = [
  listing('/destructions', {
    summary: 'Paper that must be destroyed: who says so, by when a second person sees it done, and who did',
    permission: 'destruction.list',
    filter: {
      open: z.boolean().optional(),
      organisationId: id,
      lotId: id,
      kind: DestructionKind.optional(),
    },
    sortable: destructionFields,
    response: Destruction,
    handle: listDestructions,
  }),
  streaming('get', '/destructions/record', {
    summary: 'The record of destruction of a lot, or of some days, to be signed',
    permission: 'destruction.list',
    query: RecordQuery,
    response: z.string(),
    handle: (visit, { query }, out) => sendRecord(visit, query, out),
  }),
  action('post', '/destructions/:id/witness', {
    summary: 'Witness a destruction, as someone who did not declare it',
    permission: 'destruction.witness',
    body: LotVersion,
    response: Destruction,
    handle: (ctx, { id: destructionId, body }) => witnessDestruction(ctx, destructionId, body),
  }),
];
