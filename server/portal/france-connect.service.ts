import type { z } from 'zod';
import { openFederated, type Federated } from '../accounts/federated.service.ts';
import { record } from '../audit/record.ts';
import { digest } from '../core/crypto.ts';
import type { Ctx, Db } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform, read } from '../core/perform.ts';
import type { WebVisit } from '../http/routes.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { keepJourney, offered, takeJourney } from './france-connect-journeys.ts';
import { beginJourney, endJourney, Journey, type Vouched } from './france-connect-provider.ts';
import * as store from './france-connect.store.ts';
import type { FranceConnectReturned, FranceConnectStart, SignedIn } from './portal.schema.ts';

/** Begins a way in through FranceConnect; what it must bring back is sealed and bound to this browser. */
export const startFranceConnect = async (
  visit: WebVisit,
  organisationId: string,
): Promise<z.input<typeof FranceConnectStart>> => {
  const { policy, provider } = offered(visit, organisationId);
  const { url, journey } = await beginJourney(visit.house, policy, provider);
  await keepJourney(visit, policy, journey);
  return { url };
};

/**
 * Ends it: one journey, one return. Whoever is linked already comes in. Anybody else, member or not, is asked for the
 * organisation's identifier: somebody of the same name born the same day has the same pivot identity.
 *
 * @throws AppError `signed-out` with one sentence for everything that does not hold; `unavailable` when the provider
 * does not answer.
 */
export const returnFromFranceConnect = async (
  visit: WebVisit,
  organisationId: string,
  query: string,
): Promise<z.input<typeof FranceConnectReturned>> => {
  const { house } = visit;
  const { policy, provider } = offered(visit, organisationId);
  const journey = await takeJourney(visit, policy, Journey);
  const vouched = journey && (await endJourney(house, policy, provider, { query, journey }));
  const linked = vouched && (await read(visit, (ctx) => linkOf(ctx, policy, vouched)));
  if (vouched && !linked) {
    await keepJourney(visit, policy, vouched);
    const message = house.words.say(visit.language, 'space.federation.identifierNeeded');
    return { status: 'identifier-needed', message };
  }

  visit.web.setFederationCookie(policy.id, null);
  const opened = await perform(visit, async (ctx) => {
    const opened = linked && (await openFederated(ctx, policy, linked.account_id));
    if (!opened) noteRefused(ctx, policy, { why: linked ? 'not-open' : 'not-vouched', memberId: null });
    return opened;
  });
  if (!opened) throw new AppError('signed-out', 'space.federation.refused');
  return welcome(visit, policy, opened);
};

export const sweepFederation = (db: Db, now: Date): Promise<number> =>
  store.sweepJourneys(db, now.toISOString());

/** Hands the session over to the browser. */
export const welcome = (
  visit: WebVisit,
  policy: Policy,
  opened: Federated,
): z.input<typeof SignedIn> & { status: 'signed-in' } => {
  visit.web.setPortalCookie(policy.id, opened.session.token);
  return {
    status: 'signed-in',
    next: opened.next,
    message: visit.house.words.say(visit.language, 'portal.welcome'),
    passwordRule: [],
    sessionEndsAt: opened.session.endsAt,
  };
};

/** For whoever audits it; the person is told one sentence. */
export const noteRefused = (
  ctx: Ctx,
  policy: Policy,
  { why, memberId }: { why: string; memberId: string | null },
): void =>
  record(ctx, {
    type: 'account.sign-in-failed',
    organisationId: policy.id,
    memberId,
    result: 'failed',
    data: { secret: 'france-connect', why },
  });

/** How a provider's subject is kept. */
export const subjectDigest = (
  { house }: Pick<Ctx, 'house'>,
  policy: Policy,
  { issuer, subject }: Vouched,
): string => digest(house.keys, 'federation', policy.id, issuer, subject);

const linkOf = (ctx: Ctx, policy: Policy, vouched: Vouched): Promise<store.IdentityRow | undefined> =>
  store.findIdentity(ctx.db, {
    organisation_id: policy.id,
    issuer: vouched.issuer,
    subject_digest: subjectDigest(ctx, policy, vouched),
  });
