import { z } from 'zod';
import { confirmIdentity } from '../agents/agents.service.ts';
import { action, listing, reading, streaming, type Route } from '../http/routes.ts';
import { countLot } from './counting.service.ts';
import { sendDepositSlip } from './deposit-slip.service.ts';
import { depositLot, killLot } from './lots-post.service.ts';
import {
  CountLot,
  DepositLot,
  DepositSlipQuery,
  Lot,
  LotState,
  LotVersion,
  MakeLot,
  ReleaseLot,
  WaitingLetters,
} from './lots.schema.ts';
import { describeLot, listLots, listWaiting, makeLot, releaseLot } from './lots.service.ts';
import { lotFields } from './lots.store.ts';

const organisationId = z.string().max(64).optional();

export const lotRoutes: Route[] = [
  listing('/lots', {
    summary: 'Lots, with what may be done with each now and why not',
    permission: 'lot.list',
    filter: { state: LotState.optional(), organisationId, open: z.boolean().optional() },
    sortable: lotFields,
    response: Lot,
    handle: listLots,
  }),
  reading('/lots/:id', {
    summary: 'One lot',
    permission: 'lot.list',
    response: Lot,
    handle: (ctx, { id }) => describeLot(ctx, id),
  }),
  listing('/waiting-letters', {
    summary: 'What lots could be made of, by organisation and postal product',
    permission: 'lot.list',
    filter: { organisationId },
    sortable: ['latestPostingAt', 'letters', 'organisationId'],
    response: WaitingLetters,
    handle: listWaiting,
  }),
  action('post', '/lots', {
    summary: 'Make a lot of waiting letters',
    permission: 'lot.make',
    body: MakeLot,
    response: Lot,
    status: 201,
    handle: (ctx, { body }) => makeLot(ctx, body),
  }),
  action('post', '/lots/:id/release', {
    summary: 'Release a lot, as someone who neither made it nor asked for one of its letters',
    permission: 'lot.release',
    body: ReleaseLot,
    response: Lot,
    first: async (visit, { body }) => {
      await confirmIdentity(visit, body, 'lot.release');
      return { version: body.version };
    },
    handle: (ctx, { id, body }) => releaseLot(ctx, id, body),
  }),
  action('post', '/lots/:id/count', {
    summary: 'Declare the count of one bundle, or of all that are left: printed = good + spoiled',
    permission: 'lot.count',
    body: CountLot,
    response: Lot,
    handle: (ctx, { id, body }) => countLot(ctx, id, body),
  }),
  action('post', '/lots/:id/deposit', {
    summary: 'Declare a counted lot handed to the post: its passwords come alive',
    permission: 'lot.deposit',
    body: DepositLot,
    response: Lot,
    handle: (ctx, { id, body }) => depositLot(ctx, id, body),
  }),
  streaming('get', '/lots/:id/deposit-slip', {
    summary: 'La Poste’s slip of a counted lot, to be stamped and signed',
    permission: 'lot.deposit',
    query: DepositSlipQuery,
    response: z.string(),
    handle: (visit, { id, query }, out) => sendDepositSlip(visit, id, query.language, out),
  }),
  action('post', '/lots/:id/kill', {
    summary: 'Give up a counted lot that is too late: its passwords die and new letters take their place',
    permission: 'lot.kill',
    body: LotVersion,
    response: Lot,
    handle: (ctx, { id, body }) => killLot(ctx, id, body),
  }),
];
