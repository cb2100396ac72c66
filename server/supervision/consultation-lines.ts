import type { AuditRow } from '../audit/audit.schema.ts';
import { showingTypes } from '../audit/showing.ts';
import type { EventType } from '../audit/vocabulary.schema.ts';
import type { Call } from '../calls/calls.schema.ts';
import { parisDay } from '../core/calendar.ts';
import type { Visit } from '../core/ctx.ts';
import { noticeTemplates } from '../messages/messages.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { Consultation } from './consultations.schema.ts';

/** A row that shows the member, or (`isBeside`) a relative's page on which the member's name stood too. */
export type Told = { row: AuditRow; isBeside: boolean };

type Saying = Pick<Visit, 'house' | 'language'>;

/** What an agent did, as a purpose under `consultations.purposes`; what is not here shows nobody's data. */
const purposes: Partial<Record<EventType, string>> = {
  ...Object.fromEntries(showingTypes.map((type) => [type, 'control'])),
  'member.viewed': 'viewed',
  'member.nir-revealed': 'nir',
  'member.found': 'control',
  'audit.story-read': 'control',
  'incident.touched-viewed': 'listed',
  'incident.touched-exported': 'exported',
  'bulk.viewed': 'listed-together',
  'member.consultations-viewed': 'consultations',
  'call.viewed': 'call-read',
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
  'account.locked-again': 'protected',
  'account.secrets-ended': 'protected',
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

/** Whatever else stands in the chain, refusals without end too, takes none of its room. */
export const toldTypes = Object.keys(purposes) as EventType[];

/** Names that left the tool are told each time. */
const toldAlone: ReadonlySet<string> = new Set<EventType>(['incident.touched-exported']);

/**
 * One line for each call, or for each service, purpose and Paris day where there was none, and for each list that left
 * the tool; newest first. Names nobody: neither agent nor site.
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
    const call = byId.get(row.callId ?? '');
    const purpose = isBeside ? 'beside' : purposeOf(row, call);
    if (purpose === undefined) continue;
    const when = toldAlone.has(row.type) ? String(row.seq) : parisDay(new Date(row.at));
    const key = `${call?.id ?? `${when}:${purpose}`}:${row.actorRole}`;
    const line = lines.get(key) ?? newLine(saying, row, call);
    lines.set(key, line);
    for (const text of [purposeText(saying, policy, purpose, row), callReason(saying, policy, call)]) {
      if (text !== null && !line.purposes.includes(text)) line.purposes.push(text);
    }
  }
  return [...lines.values()].reverse().sort((one, other) => other.at.localeCompare(one.at));
};

const newLine = (saying: Saying, { at, actorRole }: AuditRow, call: Call | undefined): Consultation => ({
  at,
  service: known(saying, `services.${actorRole}`, 'services.other'),
  channel: call ? say(saying, `channels.${isSaid(call) ? call.channel : 'unsaid'}`) : null,
  purposes: [],
});

const purposeOf = ({ type, data }: AuditRow, call: Call | undefined): string | undefined => {
  const purpose = purposes[type as EventType];
  if (purpose === 'message' && isNotice(data?.template)) return 'notice';
  if (purpose === 'message' && data?.template === 'caller-code')
    return hasContact(call) ? 'identity' : undefined;
  if (!hasContact(call) && (purpose === 'viewed' || purpose === 'identity')) return `${purpose}-alone`;
  return purpose;
};

const isNotice = (template: unknown): boolean => (noticeTemplates as readonly unknown[]).includes(template);

/** A look opens a call by itself, as if somebody rang: while nobody said who speaks, nobody is known to have. */
const isSaid = ({ caller, channel }: Call): boolean => caller !== 'unsaid' || channel === 'back-office';

/** Whether somebody is known to have asked for it. */
const hasContact = (call: Call | undefined): boolean =>
  call !== undefined && isSaid(call) && call.channel !== 'back-office';

const purposeText = (saying: Saying, policy: Policy, purpose: string, { data }: AuditRow): string => {
  const reason = typeof data?.reason === 'string' ? reasonOf(saying, policy, data.reason) : undefined;
  const text = say(saying, `purposes.${purpose}`);
  return reason === undefined ? text : say(saying, 'because', { text, reason });
};

const callReason = (saying: Saying, policy: Policy, call: Call | undefined): string | null => {
  const reason = call?.reason && reasonOf(saying, policy, call.reason);
  return reason ? say(saying, hasContact(call) ? 'callReason' : 'callReasonAlone', { reason }) : null;
};

const reasonOf = ({ language }: Saying, { reasons }: Policy, id: string): string | undefined =>
  Object.values(reasons)
    .flat()
    .find((one) => one.id === id)?.label[language];

const say = ({ house, language }: Saying, key: string, params = {}): string =>
  house.words.say(language, `consultations.${key}`, params);

const known = (saying: Saying, key: string, otherwise: string): string =>
  say(saying, saying.house.words.has(`consultations.${key}`) ? key : otherwise);
