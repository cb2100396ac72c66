import { action, listing, type Route } from '../http/routes.ts';
import { CancelLetter, Letter, LetterState } from './letters.schema.ts';
import { cancelLetter, listLetters } from './letters.service.ts';
import { letterFields } from './letters.store.ts';
import { z } from 'zod';

export const letterRoutes: Route[] = [
  listing('/letters', {
    summary: 'Letters by the moment they must be posted; nothing of the person but the postcode',
    permission: 'letter.list',
    filter: {
      state: LetterState.optional(),
      organisationId: z.string().max(64).optional(),
      lotId: z.string().max(64).optional(),
      reference: z.string().trim().toUpperCase().max(12).optional(),
      open: z.boolean().optional(),
      unused: z.boolean().optional(),
      returned: z.boolean().optional(),
    },
    sortable: letterFields,
    response: Letter,
    handle: listLetters,
  }),
  action('post', '/letters/:id/cancel', {
    summary: 'Call a letter back before its lot is released',
    permission: 'letter.cancel',
    body: CancelLetter,
    response: Letter,
    handle: (ctx, { id, body }) => cancelLetter(ctx, id, body),
  }),
];
