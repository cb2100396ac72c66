import {
  blocksOfLocks,
  locksByMinute,
  locksKeptDays,
  standingLocks,
  type MinuteOfLocks,
  type StandingLock,
} from '../accounts/locks.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { wrong } from '../letters/wrong.ts';
import { mostTargets } from './bulk.service.ts';
import { quarterMs, runsOfLocks } from './lock-clusters.ts';
import type { LockCluster, MassLocks, MassLocksQuery } from './mass-locks.schema.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Names of organisations' own servers that speak for their members; the portal room hands it over. */
    namesOfPortalClients: (db: Db, ids: string[]) => Promise<Map<string, string>>;
  }
}

const mostDays = 31;
/** Of those that stand out, the newest. */
const mostClusters = 10;

type Span = { organisationId: string; from: string; to: string };

/**
 * Locks over time, of one organisation or all of the reader's, by what brought them about, and the stretches that
 * stand out in each. Numbers only: nobody is named.
 *
 * @throws AppError `invalid-input` at the field for an organisation that is not the reader's, and for a period that
 * ends before it begins or is longer than a month.
 */
export const readMassLocks = async (ctx: Ctx, query: MassLocksQuery): Promise<MassLocks> => {
  const all: Omit<MassLocks, 'every'> = { buckets: [], causes: [], clusters: [] };
  for (const span of spansOf(ctx, query)) {
    const one = await locksOf(ctx, span, query.every);
    all.buckets.push(...one.buckets);
    all.causes.push(...one.causes);
    all.clusters.push(...one.clusters);
  }
  return {
    every: query.every,
    buckets: all.buckets.sort((a, b) => (a.at < b.at ? -1 : 1)),
    causes: all.causes.sort((a, b) => b.locks - a.locks),
    clusters: all.clusters.sort((a, b) => (a.from > b.from ? -1 : 1)).slice(0, mostClusters),
  };
};

const spansOf = (ctx: Ctx, { organisationId, from, to }: MassLocksQuery): Span[] => {
  const own = ctx.scope.organisationIds;
  if (organisationId !== undefined && !own.includes(organisationId))
    throw wrong('organisationId', 'incidents.unknownOrganisation');
  const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  if (span.to <= span.from) throw wrong('to', 'incidents.backwards');
  if (Date.parse(span.to) - Date.parse(span.from) > mostDays * 86_400_000)
    throw wrong('to', 'incidents.tooLong', { days: mostDays });
  if (Date.parse(span.to) < ctx.now.getTime() - locksKeptDays * 86_400_000)
    throw wrong('to', 'massLocks.tooOld', { days: locksKeptDays });
  const asked = organisationId === undefined ? own : [organisationId];
  return asked.map((id) => ({ organisationId: id, ...span }));
};

const locksOf = async (
  ctx: Ctx,
  span: Span,
  every: MassLocksQuery['every'],
): Promise<Omit<MassLocks, 'every'>> => {
  const { organisationId } = span;
  const causes = await causesOf(ctx, span);
  const names = await namesOf(
    ctx,
    causes.map(({ via }) => via),
  );
  const everyMs = every === 'minute' ? 60_000 : quarterMs;
  return {
    buckets: causes.flatMap(({ via, secret, minutes }) =>
      inBuckets(minutes, everyMs).map(({ at, locks }) => ({
        ...{ organisationId, at: new Date(at).toISOString(), via, secret, locks },
      })),
    ),
    causes: await Promise.all(
      causes.map(async ({ via, secret, minutes, standing }) => ({
        ...{ organisationId, via, secret, viaName: names(via) },
        locks: minutes.reduce((sum, { locks }) => sum + locks, 0),
        still: standing.length,
        blocks: (await blocksOfLocks(ctx, { ...span, via, secret })).blocks,
      })),
    ),
    clusters: await clustersOf(ctx, span, causes, names),
  };
};

type CauseOfLocks = Pick<MinuteOfLocks, 'via' | 'secret'> & {
  minutes: MinuteOfLocks[];
  /** What a request to unblock would be about. */
  standing: StandingLock[];
};

const causesOf = async (ctx: Ctx, span: Span): Promise<CauseOfLocks[]> => {
  const causes = byCause(await locksByMinute(ctx, span));
  for (const cause of causes) {
    const { via, secret } = cause;
    cause.standing = await standingLocks(ctx, { ...span, via, secret }, mostTargets);
  }
  return causes;
};

const byCause = (minutes: MinuteOfLocks[]): CauseOfLocks[] => {
  const causes = new Map<string, CauseOfLocks>();
  for (const minute of minutes) {
    const { via, secret } = minute;
    const cause = causes.get(`${via} ${secret}`) ?? { via, secret, minutes: [], standing: [] };
    cause.minutes.push(minute);
    causes.set(`${via} ${secret}`, cause);
  }
  return [...causes.values()];
};

const inBuckets = (minutes: MinuteOfLocks[], everyMs: number): { at: number; locks: number }[] => {
  const found = new Map<number, number>();
  for (const { minute, locks } of minutes) {
    const at = Math.floor(Date.parse(`${minute}:00Z`) / everyMs) * everyMs;
    found.set(at, (found.get(at) ?? 0) + locks);
  }
  return [...found].map(([at, locks]) => ({ at, locks })).sort((a, b) => a.at - b.at);
};

const clustersOf = async (
  ctx: Ctx,
  span: Span,
  causes: CauseOfLocks[],
  names: (via: string) => string,
): Promise<LockCluster[]> => {
  const inAll = Math.ceil((Date.parse(span.to) - Date.parse(span.from)) / quarterMs);
  const runs = causes
    .flatMap((cause) =>
      runsOfLocks(inBuckets(cause.minutes, quarterMs), inAll).map((run) => ({ run, cause })),
    )
    .sort((a, b) => b.run.from - a.run.from)
    .slice(0, mostClusters);
  return Promise.all(
    runs.map(async ({ run, cause: { via, secret, standing } }) => {
      const { organisationId } = span;
      const its = { from: new Date(run.from).toISOString(), to: new Date(run.to).toISOString() };
      const { most } = await blocksOfLocks(ctx, { organisationId, ...its, via, secret });
      // One block behind most of it is somebody who guesses, or one office: told apart from the portal's own fault.
      const block = most && most.locks * 2 > run.locks ? most.block : null;
      const isOfIt = ({ locked_at: at, block: from }: StandingLock): boolean =>
        its.from <= at && at < its.to && (block === null || from === block);
      return {
        ...{ organisationId, via, secret, block, ...its, viaName: names(via) },
        locks: block === null ? run.locks : (most?.locks ?? run.locks),
        still: standing.filter(isOfIt).length,
      };
    }),
  );
};

const namesOf = async (ctx: Ctx, vias: string[]): Promise<(via: string) => string> => {
  const ids = [...new Set(vias)].filter((via) => via !== 'pages');
  const names = await ctx.house.namesOfPortalClients(ctx.db, ids);
  const say = (key: string): string => ctx.house.words.say(ctx.language, `massLocks.${key}`);
  return (via) => (via === 'pages' ? say('pages') : (names.get(via) ?? say('formerClient')));
};
