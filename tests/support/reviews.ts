import type { ReviewSettings, SignalName } from '../../server/supervision/review-settings.schema.ts';
import { runReviews } from '../../server/supervision/reviews-worker.ts';
import type { Review, ReviewPage } from '../../server/supervision/reviews.schema.ts';
import type { Answer, Client } from './client.ts';
import type { TestServer } from './server.ts';

/** Reads the chain to its end, then lists what this client sees. */
export const reviewed = async (
  server: TestServer,
  client: Client,
  filter: object = {},
): Promise<Review[]> => {
  while ((await runReviews(server.house)) > 0);
  return listed(client, filter);
};

export const listed = async (client: Client, filter: object = {}): Promise<Review[]> => {
  const range = encodeURIComponent('[0,99]');
  const { status, body } = await client.get(
    `/api/reviews?filter=${encodeURIComponent(JSON.stringify(filter))}&range=${range}&sort=["score","DESC"]`,
  );
  if (status !== 200) throw new Error(`Listing reviews answered ${status}: ${body.message}`);
  return body as Review[];
};

export const opened = async (client: Client, { id }: { id: string }): Promise<ReviewPage> =>
  (await client.get(`/api/reviews/${id}`)).body as ReviewPage;

export const judge = (
  client: Client,
  { id, version }: Pick<Review, 'id' | 'version'>,
  more: object = { verdict: 'ordinary' },
): Promise<Answer> => client.post(`/api/reviews/${id}/verdict`, { version, ...more });

export const undo = (client: Client, { id, version }: Review, more: object): Promise<Answer> =>
  client.post(`/api/reviews/${id}/undo`, { version, ...more });

/** What one signal of an item says; undefined where it did not fire. */
export const signalIn = (review: Review | undefined, name: SignalName) =>
  review?.signals.find(({ signal }) => signal === name);

/** Other thresholds for one server: what a file would say. */
export const settle = (
  { house }: TestServer,
  signals: Partial<Record<SignalName, object>>,
  more: Partial<ReviewSettings> = {},
): void => {
  const next = structuredClone(house.reviewSettings);
  for (const [name, change] of Object.entries(signals))
    Object.assign(next.signals[name as SignalName], change);
  house.reviewSettings = { ...next, ...more };
};

/** So that nothing of what other tests did stands in the queue. */
export const forget = async ({ house }: TestServer): Promise<void> => {
  while ((await runReviews(house)) > 0);
  for (const table of [
    'review_undos',
    'review_acts',
    'review_signals',
    'review_measures',
    'review_days',
    'reviews',
  ])
    await house.pool(table).delete();
};
