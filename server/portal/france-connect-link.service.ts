import type { z } from 'zod';
import { claimOf } from '../accounts/claim.service.ts';
import { accountsOfMembers, openFederated, type Federated } from '../accounts/federated.service.ts';
import { holdOpen } from '../accounts/gate.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { spend } from '../credentials/budgets.service.ts';
import type { WebVisit } from '../http/routes.ts';
import { holdersOfIdentity } from '../members/pivot-identity.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { endJourneyOnce, lookAtJourney, offered } from './france-connect-journeys.ts';
import { Vouched } from './france-connect-provider.ts';
import { noteRefused, subjectDigest, welcome } from './france-connect.service.ts';
import * as store from './france-connect.store.ts';
import type { SignedIn } from './portal.schema.ts';

/**
 * The first time somebody comes from FranceConnect: the organisation's identifier says which account, the pivot
 * identity that it is theirs. Both together link it, once, and open a session.
 *
 * @throws AppError `signed-out`: the journey is over, or one sentence for every identifier that does not lead in.
 */
export const linkFranceConnect = async (
  visit: WebVisit,
  organisationId: string,
  identifier: string,
): Promise<z.input<typeof SignedIn>> => {
  const { policy } = offered(visit, organisationId);
  const journey = await lookAtJourney(visit, policy, Vouched);
  if (!journey) throw new AppError('signed-out', 'space.federation.refused');
  const opened = await perform(visit, (ctx) => link(ctx, policy, journey, identifier));
  if (!opened) throw new AppError('signed-out', 'space.federation.notLinked');

  visit.web.setFederationCookie(policy.id, null);
  return welcome(visit, policy, opened);
};

type Kept = { id: string; content: Vouched };

const link = async (
  ctx: Ctx,
  policy: Policy,
  journey: Kept,
  identifier: string,
): Promise<Federated | undefined> => {
  const found = await accountOf(ctx, policy, journey.content, identifier);
  const why = found.why ?? (await linkOnce(ctx, policy, journey, found.accountId));
  const opened = why === null ? await openFederated(ctx, policy, found.accountId) : undefined;
  if (!opened) {
    noteRefused(ctx, policy, { why: why ?? 'not-open', memberId: found.memberId });
    return undefined;
  }
  record(ctx, {
    type: 'account.identity-linked',
    organisationId: policy.id,
    memberId: opened.memberId,
    data: { provider: 'france-connect' },
  });
  return opened;
};

type Found = { accountId: string; memberId: string | null; why: string | null };

/** Counted first; then the same statements whoever's identifier it is, nobody's included. */
const accountOf = async (ctx: Ctx, policy: Policy, vouched: Vouched, identifier: string): Promise<Found> => {
  const { owner, account } = await claimOf(ctx, policy, identifier);
  const memberId = account?.member_id ?? null;
  const accountId = account?.id ?? '';
  // By the subject as well: whoever is vouched for would else try the identifiers of everybody with this name.
  const wants = [owner, subjectDigest(ctx, policy, vouched)].map((key) => ({
    budget: 'proofs-per-member' as const,
    key: `${key}:france-connect`,
  }));
  const within = await spend(ctx, policy.id, wants, memberId);

  const spaceTypes = policy.signIn.franceConnectFor;
  const holders = await holdersOfIdentity(ctx, policy.id, vouched.identity, spaceTypes);
  const isTheirs = (await accountsOfMembers(ctx, holders)).includes(accountId);
  // Held before it is asked whose it is: of two identities that fit at the same moment one gets the link.
  const isOpen = (await holdOpen(ctx, { id: accountId })) !== undefined;
  const isAnothers = (await store.listIdentitiesOf(ctx.db, accountId, vouched.issuer)).length > 0;
  return { accountId, memberId, why: whyNot({ within, isTheirs, isOpen, isAnothers }) };
};

const whyNot = (seen: {
  within: boolean;
  isTheirs: boolean;
  isOpen: boolean;
  isAnothers: boolean;
}): string | null => {
  if (!seen.within) return 'budget-spent';
  if (!seen.isTheirs) return 'nobody';
  if (!seen.isOpen) return 'not-open';
  return seen.isAnothers ? 'linked-to-another' : null;
};

/** Of several tries at once one links; the others are told like anybody. */
const linkOnce = async (
  ctx: Ctx,
  policy: Policy,
  { id, content }: Kept,
  accountId: string,
): Promise<string | null> => {
  if (!(await endJourneyOnce(ctx, policy, id))) return 'not-vouched';
  const isLinked = await store.insertIdentity(ctx.db, {
    organisation_id: policy.id,
    issuer: content.issuer,
    subject_digest: subjectDigest(ctx, policy, content),
    account_id: accountId,
    linked_at: ctx.now.toISOString(),
  });
  return isLinked ? null : 'linked-to-another';
};
