import { action, listing, looking, reading, type Route } from '../http/routes.ts';
import { look } from '../core/perform.ts';
import { readSignals } from './review-rates.service.ts';
import { decideReview, undoReviewed } from './review-verdicts.service.ts';
import {
  AnswerReview,
  Decide,
  OwnReview,
  Review,
  ReviewFilter,
  ReviewPage,
  ReviewSignals,
  Undo,
} from './reviews.schema.ts';
import { answerReview, listOwnReviews } from './review-own.service.ts';
import { listReviews, viewReview } from './reviews.service.ts';
import { ownFields, reviewFields } from './reviews.store.ts';

export const reviewRoutes: Route[] = [
  listing('/reviews', {
    summary: 'What agents did that a supervisor looks at again: by signals, or drawn at random',
    permission: 'review.list',
    filter: ReviewFilter,
    sortable: reviewFields,
    response: Review,
    handle: listReviews,
  }),
  looking('get', '/reviews/:id', {
    summary: 'One item: what happened, and what can be undone',
    permission: 'review.list',
    response: ReviewPage,
    handle: (visit, { id }) => look(visit, (ctx) => viewReview(ctx, id)),
  }),
  action('post', '/reviews/:id/verdict', {
    summary: 'Say what it was, with a word that the agent reads; never of one’s own acts',
    permission: 'review.decide',
    body: Decide,
    response: ReviewPage,
    handle: (ctx, { id, body }) => decideReview(ctx, id, body),
  }),
  action('post', '/reviews/:id/undo', {
    summary: 'Undo it for a member: kill live secrets, lock the account again, or freeze it',
    permission: 'review.decide',
    body: Undo,
    response: ReviewPage,
    handle: (ctx, { id, body }) => undoReviewed(ctx, id, body),
  }),
  reading('/review-signals', {
    summary: 'The signals of the review queue, their thresholds, and how often each fires',
    permission: 'review.list',
    response: ReviewSignals,
    handle: readSignals,
  }),
  listing('/own-reviews', {
    summary: 'What supervisors said of one’s own acts',
    permission: 'review.own',
    filter: { id: ReviewFilter.id },
    sortable: ownFields,
    response: OwnReview,
    handle: listOwnReviews,
  }),
  action('post', '/own-reviews/:id/answer', {
    summary: 'Explain oneself where a supervisor asked for it: a sentence, once',
    permission: 'review.own',
    body: AnswerReview,
    response: OwnReview,
    handle: (ctx, { id, body }) => answerReview(ctx, id, body),
  }),
];
