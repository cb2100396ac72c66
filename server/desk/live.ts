import { happenings, lastPlace } from '../audit/happenings.service.ts';
import type { Db, House } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { membersInLots } from '../letters/lots.service.ts';
import type { LiveEvent } from './live.schema.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Tells the open pages of this server what happens to their members, on whichever server it is done. */
    live: Live;
  }
}

export type Live = {
  /** @throws AppError `too-many` when the session follows four pages already. */
  follow: (page: PageToFollow) => Promise<Follower>;
  /** Ends every page, and waits until the last one has gone. */
  stop: () => Promise<void>;
};
export type Follower = {
  /** What happened meanwhile, waited for: nothing after a while; undefined when reader or server have gone. */
  next: () => Promise<LiveEvent[] | undefined>;
  leave: () => void;
};
export type PageToFollow = {
  memberId: string;
  sessionId: string;
  /** The last event that the page has had: what came after it is told first. */
  after: number | null;
  gone: AbortSignal;
};
export type LivePace = { everyMs: number; restMs: number };

type Page = PageToFollow & { from: number; waiting: LiveEvent[]; wake: () => void };
type Told = LiveEvent & { memberId: string };

const mostPages = 4;
/** How many places back a page that comes again is told of: it reads everything anew in any case. */
const mostPlacesBack = 10_000;

/**
 * One reader of the audit chain in a process, and only while pages are open: the chain knows of every act, whoever
 * did it, and needs no further write.
 */
export const makeLive = (
  getHouse: () => House,
  { everyMs, restMs }: LivePace = { everyMs: 1_000, restMs: 15_000 },
): Live => {
  const pages = new Set<Page>();
  let isStopped = false;
  let place = 0;
  let reading: Promise<void> | undefined;
  let pass: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let emptied = (): void => undefined;

  const start = async (): Promise<void> => {
    try {
      place = await lastPlace(getHouse().pool);
      again();
    } catch (error) {
      reading = undefined;
      throw error;
    }
  };
  const again = (): void => {
    if (isStopped || pages.size === 0) return void (reading = undefined);
    timer = setTimeout(() => {
      pass = readOn().then(again);
    }, everyMs);
    timer.unref();
  };

  const readOn = async (): Promise<void> => {
    const { pool, log } = getHouse();
    const after = place;
    try {
      const upTo = await lastPlace(pool);
      if (upTo === after) return;
      // Before the events are read: who comes meanwhile begins behind them.
      place = upTo;
      tell(await toldOf(pool, { after, upTo }, [...new Set([...pages].map(({ memberId }) => memberId))]));
    } catch (error) {
      place = after;
      log.error({ name: (error as Error).name }, 'what happens could not be read');
    }
  };
  const tell = (events: Told[]): void => {
    for (const page of pages) {
      const news = events.filter(({ memberId, seq }) => memberId === page.memberId && seq > page.from);
      page.waiting.push(...news.map(({ seq, type }) => ({ seq, type })));
      if (news.length > 0) page.wake();
    }
  };

  const follow = async (asked: PageToFollow): Promise<Follower> => {
    if (isStopped) throw new AppError('unavailable', 'common.unavailable', { retryAfterSeconds: 5 });
    const open = [...pages].filter(({ sessionId }) => sessionId === asked.sessionId);
    if (open.length >= mostPages)
      throw new AppError('too-many', 'desk.tooManyPages', { retryAfterSeconds: 30 });

    const page: Page = { ...asked, from: Infinity, waiting: [], wake: () => undefined };
    pages.add(page);
    const follower = { next: () => nextOf(page), leave: () => leave(page) };
    asked.gone.addEventListener('abort', () => page.wake());
    try {
      await (reading ??= start());
      page.from = place;
      page.waiting.unshift(...(await missedBy(getHouse().pool, page)));
      return follower;
    } catch (error) {
      leave(page);
      throw error;
    }
  };
  const leave = (page: Page): void => {
    pages.delete(page);
    if (pages.size === 0) emptied();
  };

  const nextOf = (page: Page): Promise<LiveEvent[] | undefined> =>
    new Promise((resolve) => {
      const isOver = () => isStopped || page.gone.aborted;
      const answer = (): void => {
        clearTimeout(resting);
        page.wake = () => undefined;
        resolve(isOver() ? undefined : page.waiting.splice(0));
      };
      const resting = setTimeout(answer, restMs);
      page.wake = answer;
      if (isOver() || page.waiting.length > 0) answer();
    });

  const stop = async (): Promise<void> => {
    isStopped = true;
    clearTimeout(timer);
    for (const page of pages) page.wake();
    await pass;
    if (pages.size > 0) await new Promise<void>((resolve) => (emptied = resolve));
  };

  return { follow, stop };
};

const missedBy = async (db: Db, { after, from, memberId }: Page): Promise<LiveEvent[]> => {
  if (after === null || after >= from) return [];
  const range = { after: Math.max(after, from - mostPlacesBack), upTo: from };
  return (await toldOf(db, range, [memberId])).map(({ seq, type }) => ({ seq, type }));
};

/** What happened to each of these members: also to a lot that one of their letters is in. */
const toldOf = async (
  db: Db,
  range: { after: number; upTo: number },
  memberIds: string[],
): Promise<Told[]> => {
  const rows = (await happenings(db, range, memberIds)).filter(({ type }) => !looks.test(type));
  const lotIds = new Set(rows.flatMap(({ memberId, lotId }) => (memberId === null && lotId ? [lotId] : [])));
  const letters = await membersInLots(db, [...lotIds], memberIds);
  return rows.flatMap(({ seq, type, memberId, lotId }) => {
    const about = memberId
      ? [memberId]
      : letters.filter((one) => one.lotId === lotId).map((one) => one.memberId);
    return about.map((one) => ({ seq, type, memberId: one }));
  });
};

/** Looks, calls and alerts change nothing that an open page shows, and who looks is not for every agent to know. */
const looks =
  /^((call|alert|audit|canary)\..*|member\.(searched|viewed|found|consultations-viewed|nir-revealed)|request\.refused|.*\.(listed|viewed))$/;
