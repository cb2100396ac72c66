import {
  blocksOfLocks,
  countStillLocked,
  locksByMinute,
  locksKeptDays,
  type MinuteOfLocks,
} from '../accounts/locks.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { wrong } from '../letters/wrong.ts';
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
 * Locks of one organisation over time, by what brought them about, and the stretches that stand out. Numbers only:
 * nobody is named.
 *
 * @throws AppError `invalid-input` at the field for an organisation that is not the reader's, and for a period that
 * ends before it begins or is longer than a month.
 */
export const readMassLocks = async (ctx: Ctx, query: MassLocksQuery): Promise<MassLocks> => {
  const span = spanOf(ctx, query);
  const minutes = await locksByMinute(ctx, span);
  const causes = byCause(minutes);
  const names = await namesOf(
    ctx,
    causes.map(({ via }) => via),
  );
  const everyMs = query.every === 'minute' ? 60_000 : quarterMs;
  return {
    every: query.every,
    buckets: causes
      .flatMap((cause) =>
        inBuckets(cause.minutes, everyMs).map(({ at, locks }) => ({
          ...{ at: new Date(at).toISOString(), locks },
          ...{ via: cause.via, secret: cause.secret },
        })),
      )
      .sort((a, b) => (a.at < b.at ? -1 : 1)),
    causes: await Promise.all(
      causes.map(async ({ via, secret, minutes: own }) => ({
        ...{ via, secret, viaName: names(via) },
        locks: own.reduce((sum, { locks }) => sum + locks, 0),
        still: await countStillLocked(ctx, { ...span, via, secret }),
        blocks: (await blocksOfLocks(ctx, { ...span, via, secret })).blocks,
      })),
    ),
    clusters: await clustersOf(ctx, span, causes, names),
  };
};

const spanOf = (ctx: Ctx, { organisationId, from, to }: MassLocksQuery): Span => {
  if (!ctx.scope.organisationIds.includes(organisationId))
    throw wrong('organisationId', 'incidents.unknownOrganisation');
  const span = { organisationId, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  if (span.to <= span.from) throw wrong('to', 'incidents.backwards');
  if (Date.parse(span.to) - Date.parse(span.from) > mostDays * 86_400_000)
    throw wrong('to', 'incidents.tooLong', { days: mostDays });
  if (Date.parse(span.to) < ctx.now.getTime() - locksKeptDays * 86_400_000)
    throw wrong('to', 'massLocks.tooOld', { days: locksKeptDays });
  return span;
};

type CauseOfLocks = Pick<MinuteOfLocks, 'via' | 'secret'> & { minutes: MinuteOfLocks[] };

const byCause = (minutes: MinuteOfLocks[]): CauseOfLocks[] => {
  const causes = new Map<string, CauseOfLocks>();
  for (const minute of minutes) {
    const { via, secret } = minute;
    const cause = causes.get(`${via} ${secret}`) ?? { via, secret, minutes: [] };
    cause.minutes.push(minute);
    causes.set(`${via} ${secret}`, cause);
  }
  return [...causes.values()].sort((a, b) => b.minutes.length - a.minutes.length);
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
    .flatMap(({ via, secret, minutes }) =>
      runsOfLocks(inBuckets(minutes, quarterMs), inAll).map((run) => ({ ...run, via, secret })),
    )
    .sort((a, b) => b.from - a.from)
    .slice(0, mostClusters);
  return Promise.all(
    runs.map(async ({ via, secret, from, to, locks }) => {
      const { organisationId } = span;
      const its = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
      const cause = { organisationId, ...its, via, secret };
      const { most } = await blocksOfLocks(ctx, cause);
      // One block behind most of it is somebody who guesses, or one office: told apart from the portal's own fault.
      const block = most && most.locks * 2 > locks ? most.block : null;
      const narrowed = block === null ? cause : { ...cause, block };
      return {
        ...{ via, secret, block, ...its, viaName: names(via) },
        locks: block === null ? locks : (most?.locks ?? locks),
        still: await countStillLocked(ctx, narrowed),
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
