import { action, steps, type Route } from '../http/routes.ts';
import { showNumber } from './other-proofs.service.ts';
import { NumberToCall, ShowNumber, Verified, Verify } from './verifications.schema.ts';
import { verify } from './verify.service.ts';

export const verificationRoutes: Route[] = [
  action('post', '/members/:id/verifications', {
    summary: 'One step of verifying the caller: an answer, a code sent or read back, a call back, a document',
    permission: 'member.verify',
    body: Verify,
    response: Verified,
    handle: (ctx, { id, body }) => verify(ctx, id, body),
  }),
  steps('post', '/members/:id/number-to-call', {
    summary: 'Show the number on file whole, to call the member back',
    permission: 'member.verify',
    body: ShowNumber,
    response: NumberToCall,
    handle: (visit, { id, body }) => showNumber(visit, id, body),
  }),
];
