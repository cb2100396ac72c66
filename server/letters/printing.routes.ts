import { z } from 'zod';
import { action, reading, steps, streaming, type Route } from '../http/routes.ts';
import { printLot } from './lots-print.service.ts';
import { sendLot } from './lots-send.service.ts';
import { Lot, LotVersion, PrintLot, PrintTargetsKnown, SendLot, StopLot } from './lots.schema.ts';
import { confirmPrint, redoPrint, stopPrint } from './print-outcome.service.ts';
import { describeTargets } from './targets.service.ts';

export const printingRoutes: Route[] = [
  reading('/print-targets', {
    summary: 'Where lots can be printed besides the browser',
    permission: 'lot.list',
    response: PrintTargetsKnown,
    handle: async ({ house }) => describeTargets(house),
  }),
  streaming('post', '/lots/:id/print', {
    summary: 'Print a released lot as one PDF, once',
    permission: 'lot.print',
    body: PrintLot,
    response: z.string(),
    handle: (visit, { id, body }, out) => printLot(visit, id, body.version, out),
  }),
  steps('post', '/lots/:id/send', {
    summary: 'Print a released lot at the printer or the mail house; answers at once and goes on by itself',
    permission: 'lot.print',
    body: SendLot,
    response: Lot,
    handle: (visit, { id, body }) => sendLot(visit, id, body),
  }),
  action('post', '/lots/:id/stop', {
    summary: 'Stop the printing of a lot before its next bundle',
    permission: 'lot.print',
    body: StopLot,
    response: Lot,
    handle: (ctx, { id }) => stopPrint(ctx, id),
  }),
  action('post', '/lots/:id/confirm', {
    summary: 'Say that the saved document is whole and printed',
    permission: 'lot.print',
    body: LotVersion,
    response: Lot,
    handle: (ctx, { id, body }) => confirmPrint(ctx, id, body),
  }),
  action('post', '/lots/:id/redo', {
    summary: 'Say that the document did not arrive whole: its sheets are waste, the lot is printed again',
    permission: 'lot.print',
    body: LotVersion,
    response: Lot,
    handle: (ctx, { id, body }) => redoPrint(ctx, id, body),
  }),
];
