import type { StoredEvent } from '../audit/stories.service.ts';
import { isWithin, type Opening } from '../core/desk-time.ts';
import { findingOn } from './signals-of-act.ts';
import { agentOf, gather, groupBy, isAct, type CallStories, type Finding } from './signals.ts';

/** One agent's Paris day up to now, and what is needed to judge it. */
export type AgentDay = {
  agentId: string;
  /** In order, at least one. */
  events: readonly StoredEvent[];
  calls: CallStories;
  site: { id: string; hours: readonly Opening[] } | undefined;
};

/** What an agent's day shows; each organisation's part by itself, so that none learns of another's. */
export const findingsOfDay = (day: AgentDay): Finding[] => [
  ...looks(day),
  ...nirMisses(day),
  ...callBacks(day),
  ...lettersUnproved(day),
  ...kin(day),
  ...overrides(day),
  ...offHours(day),
];

/** A finding about the day itself, one for each organisation among these rows. */
const counted = (
  { agentId }: AgentDay,
  signal: Finding['signal'],
  rows: readonly StoredEvent[],
  measureOf: (rows: StoredEvent[]) => number = (own) => own.length,
): Finding[] =>
  [...groupBy(rows, ({ organisationId }) => organisationId).values()].map((own) =>
    findingOn(own[own.length - 1] as StoredEvent, agentId, {
      signal,
      memberId: null,
      measure: measureOf(own),
      acts: own,
    }),
  );

/** Members looked at, and nothing done, proved or noted about them in the same call (FACTS, C10). */
const looks = (day: AgentDay): Finding[] => {
  const key = ({ callId, memberId }: StoredEvent) => `${callId ?? ''} ${memberId ?? ''}`;
  const served = new Set(day.events.filter(serves).map(key));
  const idle = day.events.filter((event) => event.type === 'member.viewed' && !served.has(key(event)));
  return counted(day, 'looks', idle, (own) => new Set(own.map(({ memberId }) => memberId)).size);
};

const serves = (event: StoredEvent): boolean =>
  event.memberId !== null &&
  /^(verification|account|letter|approval|callback|message)\.|^member\.(noted|corrected|death|closure)/.test(
    event.type,
  );

/** YARDSTICK A24: numbers tried one by one. */
const nirMisses = (day: AgentDay): Finding[] =>
  counted(
    day,
    'nir-misses',
    day.events.filter(
      ({ type, data }) => type === 'member.searched' && data?.understoodAs === 'nir' && data.found === 0,
    ),
  );

const callBacks = (day: AgentDay): Finding[] =>
  counted(
    day,
    'call-backs',
    day.events.filter(({ type, data }) => type === 'verification.called-back' && data?.reached === true),
  );

/** What was approved was looked at by a second person. */
const lettersUnproved = (day: AgentDay): Finding[] => {
  const proved = new Set(day.events.filter(proves).map(({ callId }) => callId));
  const letters = day.events.filter(({ type, callId }) => type === 'letter.requested' && !proved.has(callId));
  return counted(day, 'letters-unproved', letters);
};

const proves = ({ type, data, result }: StoredEvent): boolean =>
  type === 'approval.granted' ||
  (type === 'verification.answered' && data?.right === true && Number(data.rightSoFar) >= 2) ||
  (type === 'verification.code-tried' && result === 'done') ||
  (type === 'verification.called-back' && data?.reached === true) ||
  (type === 'verification.document-kept' && data?.state === 'seen') ||
  (type === 'verification.document-checked' && data?.accepted === true);

/** YARDSTICK A25: what is refused on one's own account, or a relative's, was tried all the same. */
const kin = (day: AgentDay): Finding[] =>
  counted(
    day,
    'kin',
    day.events.filter(({ type, data }) => type === 'request.refused' && kinRules.has(data?.rule)),
  );
const kinRules: ReadonlySet<unknown> = new Set(['own-account', 'relative-account', 'approval.kin']);

/** The same rule lifted again and again: by one supervisor it is theirs, by several it is the rule's. */
const overrides = (day: AgentDay): Finding[] => {
  const byRule = new Map<string, StoredEvent[]>();
  for (const event of day.events) {
    if (event.type !== 'approval.granted' || event.data?.outcome !== 'done') continue;
    for (const rule of rulesOf(event, day.calls)) gather(byRule, rule, event);
  }
  return [...byRule].flatMap(([cause, grants]) =>
    counted(day, 'overrides', grants).map((finding) => ({ ...finding, cause })),
  );
};

const rulesOf = ({ callId, data }: StoredEvent, calls: CallStories): string[] => {
  const asked = calls
    .get(callId ?? '')
    ?.events.find((one) => one.type === 'approval.requested' && one.data?.approvalId === data?.approvalId);
  return (asked?.data?.rules as string[] | undefined) ?? [];
};

/** Acts stand with their member, looks and searches with the day (FACTS, C15). */
const offHours = (day: AgentDay): Finding[] => {
  const { site, agentId, calls } = day;
  if (!site) return [];
  const outside = day.events.filter(
    (event) =>
      (isAct(event) || event.type === 'member.viewed' || event.type === 'member.searched') &&
      !isWithin(new Date(event.at), site.hours),
  );
  const done = outside.filter(
    (event) => isAct(event) && event.memberId !== null && agentOf(event, calls) === agentId,
  );
  const looked = outside.filter((event) => !isAct(event));
  const onMembers = [...groupBy(done, ({ memberId }) => memberId).values()].map((own) =>
    findingOn(own[own.length - 1] as StoredEvent, agentId, {
      signal: 'off-hours',
      measure: own.length,
      acts: own,
    }),
  );
  return [...onMembers, ...counted(day, 'off-hours', looked)].map((finding) => ({
    ...finding,
    cause: site.id,
  }));
};
