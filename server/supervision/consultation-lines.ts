import type { AuditRow } from '../audit/audit.schema.ts';
import type { EventType } from '../audit/vocabulary.schema.ts';
import type { Call } from '../calls/calls.schema.ts';
import { parisDay } from '../core/calendar.ts';
import type { Visit } from '../core/ctx.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { Consultation } from './consultations.schema.ts';

/** A row that shows the member, or (`isBeside`) a relative's page on which the member's name stood too. */
export type Told = { row: AuditRow; isBeside: boolean };

type Saying = Pick<Visit, 'house' | 'language'>;

/** What an agent did, as a purpose under `consultations.purposes`; what is not here shows nobody's data. */
const purposes: Partial<Record<EventType, string>> = {
  'member.viewed': 'viewed',
  'member.nir-revealed': 'nir',
  'member.found': 'control',
  'audit.story-read': 'control',
  'incident.touched-viewed': 'control',
  'incident.touched-exported': 'control',
  'bulk.viewed': 'control',
  'review.viewed': 'control',
  'member.consultations-viewed': 'consultations',
  'call.viewed': 'call',
  'call.resumed': 'call',
  'member.noted': 'noted',
  'member.corrected': 'corrected',
  'member.death-reported': 'death',
  'member.closure-disputed': 'closure',
  'account.unblocked': 'unblocked',
  'account.frozen': 'protected',
  'account.suspected': 'protected',
  'account.unfrozen': 'unfrozen',
  'account.suspicion-lifted': 'unfrozen',
  'message.asked': 'message',
  'letter.requested': 'letter',
  'letter.cancelled': 'letter-cancelled',
  'letter.returned': 'letter-returned',
  'verification.answered': 'identity',
  'verification.code-sent': 'identity',
  'verification.code-tried': 'identity',
  'verification.number-shown': 'called-back',
  'verification.called-back': 'called-back',
  'verification.document-kept': 'identity',
  'verification.document-checked': 'identity',
  'approval.requested': 'approval',
  'approval.granted': 'approval',
  'approval.refused': 'approval',
  'callback.taken': 'callback',
  'callback.tried': 'callback',
  'callback.done': 'callback',
};

/**
 * One line for each call, or for each service and Paris day where there was none; newest first. Names nobody: neither
 * agent nor site.
 */
export const consultationsIn = (
  saying: Saying,
  policy: Policy,
  told: Told[],
  calls: Call[],
): Consultation[] => {
  const byId = new Map(calls.map((call) => [call.id, call]));
  const lines = new Map<string, Consultation>();
  for (const { row, isBeside } of [...told].sort((one, other) => one.row.seq - other.row.seq)) {
    const purpose = isBeside ? 'beside' : purposes[row.type as EventType];
    if (purpose === undefined) continue;
    const call = byId.get(row.callId ?? '');
    const key = `${call?.id ?? parisDay(new Date(row.at))}:${row.actorRole}`;
    const line = lines.get(key) ?? newLine(saying, row, call);
    lines.set(key, line);
    for (const text of [purposeText(saying, policy, purpose, row), callReason(saying, policy, call)]) {
      if (text !== null && !line.purposes.includes(text)) line.purposes.push(text);
    }
  }
  return [...lines.values()].sort((one, other) => (one.at < other.at ? 1 : -1));
};

const newLine = (saying: Saying, { at, actorRole }: AuditRow, call: Call | undefined): Consultation => ({
  at,
  service: known(saying, `services.${actorRole}`, 'services.other'),
  channel: call ? say(saying, `channels.${call.channel}`) : null,
  purposes: [],
});

const purposeText = (saying: Saying, policy: Policy, purpose: string, { data }: AuditRow): string => {
  const reason = typeof data?.reason === 'string' ? reasonOf(saying, policy, data.reason) : undefined;
  const text = say(saying, `purposes.${purpose}`);
  return reason === undefined ? text : say(saying, 'because', { text, reason });
};

const callReason = (saying: Saying, policy: Policy, call: Call | undefined): string | null => {
  const reason = call?.reason && reasonOf(saying, policy, call.reason);
  return reason ? say(saying, 'callReason', { reason }) : null;
};

const reasonOf = ({ language }: Saying, { reasons }: Policy, id: string): string | undefined =>
  Object.values(reasons)
    .flat()
    .find((one) => one.id === id)?.label[language];

const say = ({ house, language }: Saying, key: string, params = {}): string =>
  house.words.say(language, `consultations.${key}`, params);

const known = (saying: Saying, key: string, otherwise: string): string =>
  say(saying, saying.house.words.has(`consultations.${key}`) ? key : otherwise);
