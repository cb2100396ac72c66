import { follow } from '../audit/following.service.ts';
import type { StoredEvent } from '../audit/stories.service.ts';
import { addDays, parisDay } from '../core/calendar.ts';
import type { Db, House } from '../core/ctx.ts';
import { housekeep } from '../core/perform.ts';
import { measuredDays } from './review-rates.ts';
import { readStories, storiesOfVolume, type Stories } from './review-stories.service.ts';
import { keepFinding } from './review-keeping.service.ts';
import { countActsOfDay, sweepMeasures } from './review-keeping.store.ts';
import type { ReviewSettings } from './review-settings.schema.ts';
import { findingOn, findingsOfAct } from './signals-of-act.ts';
import { findingsOfDay } from './signals-of-day.ts';
import { findingsOfMember } from './signals-of-member.ts';
import { findingsOfVolume } from './signal-of-volume.ts';
import { agentOf, dayOf, groupBy, isAct, type Finding } from './signals.ts';

/** A pass ends after so many rows, so that other work of the minute has its turn. */
const batchesOfPass = 20;

/**
 * Follows the chain and turns what agents did into items to review. Answers how many rows it read; safe on several
 * servers at once.
 */
export const runReviews = async (house: House): Promise<number> => {
  let read = 0;
  for (let n = 0; n < batchesOfPass; n += 1) {
    const taken = await follow(house, 'reviews', (db, events, now) => review(house, db, events, now));
    read += taken;
    if (taken === 0) break;
  }
  if (read > 0) await housekeep(house, (db, now) => sweepMeasures(db, addDays(parisDay(now), -measuredDays)));
  return read;
};

const review = async (house: House, db: Db, events: StoredEvent[], now: Date): Promise<void> => {
  const settings = house.reviewSettings;
  // What happened before anybody could ask about it any more is not brought up by a new installation of the queue.
  const oldest = new Date(now.getTime() - measuredDays * 86_400_000).toISOString();
  const recent = events.filter(({ at }) => at >= oldest);
  await tally(db, recent);
  for (const ofDay of groupBy(recent, dayOf).values()) {
    const stories = await readStories(house, db, ofDay);
    const drawn = ofDay.filter((event) => isAct(event) && isDrawn(house, settings));
    const findings = [
      ...ofDay.flatMap((event) => findingsOfEvent(event, stories, settings)),
      ...stories.days.flatMap(findingsOfDay),
      ...(await storiesOfVolume(db, ofDay, settings)).flatMap((story) => findingsOfVolume(story, settings)),
      ...drawn.flatMap((event) => sampleOf(event, stories)),
    ];
    for (const finding of findings) await keepFinding({ db, settings, newId: house.random.id }, finding);
  }
};

const findingsOfEvent = (
  event: StoredEvent,
  { calls, members }: Stories,
  settings: ReviewSettings,
): Finding[] => [
  ...findingsOfAct(event, calls),
  ...findingsOfMember(event, { events: members.get(event.memberId ?? '') ?? [], calls }, settings),
];

const sampleOf = (event: StoredEvent, { calls }: Stories): Finding[] => {
  const agentId = agentOf(event, calls);
  const lotId = event.data?.lotId ? String(event.data.lotId) : null;
  return agentId ? [findingOn(event, agentId, { signal: 'sample', lotId })] : [];
};

/** One in so many, from the house's own source, so that nobody foresees which. */
const isDrawn = ({ random }: House, { sampleOneIn }: ReviewSettings): boolean =>
  Buffer.from(random.bytes(6)).readUIntBE(0, 6) % sampleOneIn === 0;

const tally = async (db: Db, events: StoredEvent[]): Promise<void> => {
  const key = (event: StoredEvent) => `${event.organisationId ?? ''} ${dayOf(event)}`;
  for (const own of groupBy(events.filter(isAct), key).values()) {
    const [first] = own;
    if (!first) continue;
    const organisation_id = first.organisationId ?? '';
    await countActsOfDay(db, { organisation_id, day: dayOf(first), acts: own.length });
  }
};
