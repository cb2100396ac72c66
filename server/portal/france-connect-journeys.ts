import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { seal, unseal } from '../core/crypto.ts';
import type { Db } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { housekeep } from '../core/perform.ts';
import type { WebVisit } from '../http/routes.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { isFederationOffered, type Provider } from './france-connect-file.ts';
import * as store from './france-connect.store.ts';

const journeyMinutes = 10;

/** What a journey stands on next, sealed, for ten minutes and this browser alone. */
export const keepJourney = async (visit: WebVisit, policy: Policy, content: object): Promise<void> => {
  const { house } = visit;
  const token = Buffer.from(house.random.bytes(32)).toString('base64url');
  const id = journeyIdOf(token);
  await housekeep(house, (db, now) =>
    store.insertJourney(db, {
      id,
      organisation_id: policy.id,
      sealed: seal(house.keys, 'federation', placeOf(id), JSON.stringify(content)),
      ends_at: new Date(now.getTime() + journeyMinutes * 60_000).toISOString(),
    }),
  );
  visit.web.setFederationCookie(policy.id, token);
};

/** Ends this browser's journey and answers what it stood on; nothing when it is over, or at another step. */
export const takeJourney = <T>(
  visit: WebVisit,
  policy: Policy,
  shape: z.ZodType<T>,
): Promise<T | undefined> =>
  openJourney(visit, policy, shape, store.takeJourney).then((found) => found?.content);

/** The same without ending it, and with what ends it. */
export const lookAtJourney = <T>(
  visit: WebVisit,
  policy: Policy,
  shape: z.ZodType<T>,
): Promise<{ id: string; content: T } | undefined> => openJourney(visit, policy, shape, store.findJourney);

/** Ends a journey in the transaction of what it leads to; false when that was done before. */
export const endJourneyOnce = async (
  ctx: { db: Db; now: Date },
  policy: Policy,
  id: string,
): Promise<boolean> =>
  (await store.takeJourney(ctx.db, { id, organisationId: policy.id, now: ctx.now.toISOString() })) !==
  undefined;

/** @throws AppError `not-found` where the organisation has not agreed on it. */
export const offered = (
  { house }: WebVisit,
  organisationId: string,
): { policy: Policy; provider: Provider } => {
  const policy = policyOf(house, organisationId);
  const provider = house.providers.get(policy.id);
  if (!provider || !isFederationOffered(house, policy))
    throw new AppError('not-found', 'space.federation.none');
  return { policy, provider };
};

const openJourney = async <T>(
  visit: WebVisit,
  policy: Policy,
  shape: z.ZodType<T>,
  find: typeof store.findJourney,
): Promise<{ id: string; content: T } | undefined> => {
  const { house } = visit;
  const token = visit.web.federationToken(policy.id);
  if (!token) return undefined;
  const id = journeyIdOf(token);
  const row = await housekeep(house, (db, now) =>
    find(db, { id, organisationId: policy.id, now: now.toISOString() }),
  );
  if (!row) return undefined;
  const read = shape.safeParse(JSON.parse(unseal(house.keys, 'federation', placeOf(id), row.sealed)));
  return read.success ? { id, content: read.data } : undefined;
};

// A stolen table opens nothing: the cookie's value is kept as a digest of 256 random bits.
const journeyIdOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

const placeOf = (id: string): string => `federation_journeys.sealed:${id}`;
