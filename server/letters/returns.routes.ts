import { action, type Route } from '../http/routes.ts';
import { ReturnedMail, ReturnLetter, TakenReturn } from './returns.schema.ts';
import { returnLetter, returnMail } from './returns.service.ts';

export const returnRoutes: Route[] = [
  action('post', '/letters/:id/return', {
    summary: 'A letter came back: its password dies, its address is doubtful, its paper is to be destroyed',
    permission: 'letter.return',
    body: ReturnLetter,
    response: TakenReturn,
    handle: (ctx, { id, body }) => returnLetter(ctx, id, body),
  }),
  action('post', '/returns', {
    summary: 'The same for mail in one’s hand, by its DataMatrix or its reference',
    permission: 'letter.return',
    body: ReturnedMail,
    response: TakenReturn,
    handle: (ctx, { body }) => returnMail(ctx, body),
  }),
];
