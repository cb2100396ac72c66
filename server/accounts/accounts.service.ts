import { record } from '../audit/record.ts';
import type { Ctx, Db, Visit } from '../core/ctx.ts';
import { perform } from '../core/perform.ts';
import type { Headline } from '../core/vocabulary.ts';
import { listLive } from '../credentials/credentials.service.ts';
import type { CredentialRow } from '../credentials/credentials.store.ts';
import { lettersUnderWay } from '../letters/letters.service.ts';
import type { LetterRow } from '../letters/letters.store.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { closuresOfAccounts } from './account-closures.service.ts';
import * as store from './accounts.store.ts';
import type { AccountRow } from './accounts.store.ts';
import * as counters from './counters.store.ts';
import { chosenCounter } from './gate.ts';
import { sweepOldLocks } from './locks.service.ts';
import { headlineOf, type Standing } from './standing.ts';
import * as sessions from './portal-sessions.store.ts';

type Holder = { id: string; organisationId: string };

/** Reads, for each member, everything that decides whether they may get in. */
export const standingsOf = async (
  ctx: { db: Db; now: Date; house: Ctx['house'] },
  members: Holder[],
): Promise<Map<string, Standing & { account: AccountRow | null }>> => {
  const ids = members.map(({ id }) => id);
  const accounts = new Map((await store.listOfMembers(ctx.db, ids)).map((row) => [row.holder_id, row]));
  const accountIds = [...new Set([...accounts.values()].map(({ id }) => id))];
  const closures = await closuresOfAccounts(ctx, accountIds);
  const tries = await counters.readCounters(ctx.db, accountIds.map(chosenCounter));
  const live = new Map((await listLive(ctx, accountIds)).map((row) => [row.account_id, row]));
  const letters = firstByAccount(await lettersUnderWay(ctx, accountIds));

  return new Map(
    members.map(({ id, organisationId }) => {
      const account = accounts.get(id) ?? null;
      const closure = closures.get(account?.id ?? '');
      const counter = account && tries.get(chosenCounter(account.id));
      const letter = account ? letters.get(account.id) : undefined;
      const credential = account ? live.get(account.id) : undefined;
      const standing: Standing = {
        hasAccount: account !== null,
        disabled: closure?.reason ?? null,
        disabledSince: closure?.since ?? null,
        frozenAt: account?.frozen_at ?? null,
        frozenWhy: account?.frozen_why ?? null,
        ...suspicionOf(account, ctx.now),
        failures: counter?.attempts ?? 0,
        maxFailures: policyOf(ctx.house, organisationId).lock.maxFailures,
        lockedAt: counter ? (counter.lockedAt ?? counter.lastAt) : null,
        waiting: waitingFor(letter, credential, ctx.now),
        firstSignedInAt: account?.first_signed_in_at ?? null,
        lastSignedInAt: account?.last_signed_in_at ?? null,
        hasPassword: Boolean(account?.password_hash),
      };
      return [id, { ...standing, account }];
    }),
  );
};

/** Headlines for result lists: what the members room asks of this one. */
export const headlinesOf = async (
  ctx: { db: Db; now: Date; house: Ctx['house'] },
  members: Holder[],
): Promise<Map<string, Headline>> => {
  const standings = await standingsOf(ctx, members);
  return new Map([...standings].map(([id, standing]) => [id, headlineOf(standing)]));
};

/** Ends the member's own session. */
export const endPortalSession = (visit: Visit, organisationId: string): Promise<void> =>
  perform(visit, async (ctx) => {
    const { actor } = visit;
    if (actor.kind !== 'member') return;
    await sessions.deletePortalSession(ctx.db, actor.sessionId);
    record(ctx, { type: 'account.signed-out', organisationId, memberId: actor.memberId, data: {} });
  });

/** Whose account a member's file leads to; null for a dependant. */
export const accountIdOf = async (db: Db, memberId: string): Promise<string | null> =>
  (await store.findOfMember(db, memberId))?.id ?? null;

/** Salts for the print room, which knows letters and no accounts. */
export const saltsOfAccounts = store.listSalts;

/** For the print room: whose letters a maker does not release alone. */
export const flaggedAccounts = (
  { db, now }: { db: Db; now: Date },
  accountIds: string[],
): Promise<ReadonlySet<string>> => store.listFlagged(db, accountIds, now.toISOString());

/** Leases, sweeps and the like, without an audit row (DOMAIN, "Audit and transactions"). */
export const sweepAccounts = async (db: Db, now: Date): Promise<void> => {
  await counters.sweepCounters(db, now.toISOString());
  await sweepOldLocks(db, now);
  await sessions.sweepPortalSessions(db, now.toISOString());
};

/** A suspicion holds until its time of the desk is over; nothing has to end it. */
const suspicionOf = (
  account: AccountRow | null,
  now: Date,
): Pick<Standing, 'suspectedAt' | 'suspectedUntil'> => {
  const { suspected_at: suspectedAt = null, suspected_until: suspectedUntil = null } = account ?? {};
  return suspectedUntil && suspectedUntil > now.toISOString()
    ? { suspectedAt, suspectedUntil }
    : { suspectedAt: null, suspectedUntil: null };
};

const firstByAccount = (rows: LetterRow[]): Map<string, LetterRow> => {
  const found = new Map<string, LetterRow>();
  for (const row of rows) if (!found.has(row.account_id)) found.set(row.account_id, row);
  return found;
};

const waitingFor = (
  letter: LetterRow | undefined,
  live: CredentialRow | undefined,
  now: Date,
): Standing['waiting'] => {
  const until = live?.valid_until ?? '';
  const since = live?.activated_at ?? '';
  if (live && live.channel !== 'letter' && live.kind !== 'repudiation') {
    return { for: 'message', secret: live.kind, channel: live.channel, since, until };
  }
  if (letter && letter.valid_until >= now.toISOString()) {
    const stage =
      letter.state === 'deposited'
        ? 'letter-posted'
        : letter.state === 'printed'
          ? 'letter-printed'
          : 'letter-to-print';
    return { for: stage, since: letter.state_at, until: letter.valid_until };
  }
  return live ? { for: 'temporary-password', since, until } : null;
};
