import { sitesOfAgents } from '../agents/sites.service.ts';
import {
  storiesOfAgents,
  storiesOfCalls,
  storiesOfMembers,
  storyOfOrganisation,
  type StoredEvent,
} from '../audit/stories.service.ts';
import { atParis } from '../core/calendar.ts';
import type { Db, House } from '../core/ctx.ts';
import type { ReviewSettings } from './review-settings.schema.ts';
import type { AgentDay } from './signals-of-day.ts';
import { actTypes, dayOf, groupBy, isAct, isSending, type CallStories, type CallStory } from './signals.ts';

/** What the signals read besides the rows themselves, each up to the last of these rows. */
export type Stories = {
  calls: CallStories;
  /** Unblocks, corrections and sendings of each member these rows do something for. */
  members: ReadonlyMap<string, StoredEvent[]>;
  /** The day so far of each agent who did something in these rows. */
  days: AgentDay[];
};

/** `events`: rows of one Paris day, in order, at least one. */
export const readStories = async (house: House, db: Db, events: StoredEvent[]): Promise<Stories> => {
  const { signals } = house.reviewSettings;
  const [first, last] = [events[0] as StoredEvent, events[events.length - 1] as StoredEvent];
  const upTo = last.seq;
  const days = Math.max(signals['way-in'].days, signals['changed-then-used'].days);
  const since = new Date(Date.parse(first.at) - days * 86_400_000).toISOString();
  const touched = unique(events.filter(concernsMember).map(({ memberId }) => memberId));
  const ofMembers = await storiesOfMembers(db, touched, memberTypes, { since, upTo });

  const agentIds = unique(events.map(({ actorKind, actorId }) => (actorKind === 'agent' ? actorId : null)));
  const morning = atParis(dayOf(first), '00:00').toISOString();
  const ofDay = await storiesOfAgents(db, agentIds, { since: morning, upTo });
  const today = ofDay.filter((event) => event.actorKind === 'agent' && dayOf(event) === dayOf(first));

  const granted = today.filter(({ type }) => type === 'approval.granted');
  const callIds = unique([...events, ...ofMembers, ...granted].map(({ callId }) => callId));
  const calls = toCalls(await storiesOfCalls(db, callIds, upTo));
  const sites = await sitesOfAgents(db, agentIds);
  const byAgent = groupBy(today, ({ actorId }) => actorId as string);
  return {
    calls,
    members: groupBy(ofMembers, ({ memberId }) => memberId as string),
    days: [...byAgent].map(([agentId, own]) => ({ agentId, events: own, calls, site: sites.get(agentId) })),
  };
};

/** For each organisation in which something was done: what its agents did and looked at within the hours that count. */
export const storiesOfVolume = async (
  db: Db,
  events: StoredEvent[],
  { signals: { volume } }: ReviewSettings,
): Promise<StoredEvent[][]> => {
  const last = events.filter(isAct).at(-1);
  if (!last) return [];
  const since = new Date(Date.parse(last.at) - volume.hours * 3_600_000).toISOString();
  const types = [...actTypes, 'member.viewed'] as const;
  const organisations = unique(events.filter(isAct).map(({ organisationId }) => organisationId));
  return Promise.all(
    organisations.map((id) => storyOfOrganisation(db, id, types, { since, upTo: last.seq })),
  );
};

const memberTypes = ['account.unblocked', 'member.corrected', 'letter.requested', 'message.asked'] as const;
const concernsMember = (event: StoredEvent): boolean =>
  event.memberId !== null && (isAct(event) || isSending(event));

const toCalls = (events: StoredEvent[]): CallStories =>
  new Map(
    [...groupBy(events, ({ callId }) => callId as string)].map(([id, own]): [string, CallStory] => [
      id,
      { agentId: own.find(({ type }) => type === 'call.opened')?.actorId ?? null, events: own },
    ]),
  );

const unique = (values: (string | null)[]): string[] => [
  ...new Set(values.filter((value) => value !== null)),
];
