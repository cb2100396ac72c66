import { showingTypes, shownIn } from '../audit/showing.ts';
import type { EventType } from '../audit/vocabulary.schema.ts';
import { secretTemplates } from '../messages/messages.schema.ts';

/** What may have happened to a person. */
export type TouchKind = 'looked' | 'acted' | 'sent' | 'printed';

type ToldKind = Exclude<TouchKind, 'printed'>;

/** Whatever keeps whom it showed, lists of names too. A code to be read back is told by its message. */
const kindOf: Partial<Record<EventType, ToldKind>> = {
  ...Object.fromEntries(showingTypes.map((type): [string, ToldKind] => [type, 'looked'])),
  'member.found': 'looked',
  'member.consultations-viewed': 'looked',
  'audit.story-read': 'looked',
  'call.viewed': 'looked',
  'member.nir-revealed': 'looked',
  'verification.number-shown': 'looked',
  'account.unblocked': 'acted',
  'account.frozen': 'acted',
  'account.unfrozen': 'acted',
  'account.suspected': 'acted',
  'account.suspicion-lifted': 'acted',
  'account.locked-again': 'acted',
  'account.secrets-ended': 'acted',
  'member.corrected': 'acted',
  'member.death-reported': 'acted',
  'member.closure-disputed': 'acted',
  'member.noted': 'acted',
  'verification.answered': 'acted',
  'verification.called-back': 'acted',
  'verification.document-kept': 'acted',
  'verification.document-checked': 'acted',
  'approval.requested': 'acted',
  'approval.granted': 'acted',
  'letter.cancelled': 'acted',
  'letter.returned': 'acted',
  'callback.done': 'acted',
  'letter.requested': 'sent',
  'message.asked': 'sent',
};

/** Through whose hands a lot's sheets went. */
const handled: readonly EventType[] = [
  'lot.print-started',
  'lot.bundle-printed',
  'lot.bundle-counted',
  'lot.counted',
];

export const touchTypes: readonly EventType[] = [...(Object.keys(kindOf) as EventType[]), ...handled];
/** Those of which the data is read: who else was shown, which message, which lot. */
export const typesWithData: readonly EventType[] = [...showingTypes, 'message.asked', ...handled];

type Event = { type: string; memberId: string | null; data: Record<string, unknown> | null };

/** What one event did, to whom, and whose sheets it brought with it. A notice carries no secret. */
export const touchOf = (
  event: Event,
): { kind: TouchKind; memberIds: string[] } | { lotId: string } | undefined => {
  const type = event.type as EventType;
  if (handled.includes(type)) {
    const lotId = event.data?.lotId;
    return typeof lotId === 'string' ? { lotId } : undefined;
  }
  const kind = kindOf[type];
  if (!kind) return undefined;
  if (type === 'message.asked' && !isSecret(event.data?.template)) return undefined;
  const memberIds = [
    ...new Set([...(event.memberId === null ? [] : [event.memberId]), ...shownIn(event.data)]),
  ];
  return memberIds.length > 0 ? { kind, memberIds } : undefined;
};

const isSecret = (template: unknown): boolean => (secretTemplates as readonly unknown[]).includes(template);
