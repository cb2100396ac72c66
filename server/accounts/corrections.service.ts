import { record } from '../audit/record.ts';
import { addDays, parisDay } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { dayInWords } from '../core/days.ts';
import { AppError } from '../core/errors.ts';
import { readAddress } from '../members/address-reading.ts';
import { addressText } from '../members/address-text.ts';
import type { PostalAddress } from '../members/address.ts';
import type { ContactChange } from '../members/contact-changes.service.ts';
import { readContacts } from '../members/contact-reading.ts';
import { correctAddress, correctContacts } from '../members/corrections.service.ts';
import type { CorrectedField } from '../members/desk-corrections.service.ts';
import type { MemberFile } from '../members/members.service.ts';
import { maskEmail, maskPhone } from '../members/phone.ts';
import type { Correct, Outcome } from './accounts.schema.ts';
import { decidedOn, prepare, reasonFrom, type Prepared } from './acting.service.ts';
import { tellOfCorrection } from './contact-notice.service.ts';
import type { CorrectedFields } from './corrections.schema.ts';

/** What a correction puts on file, read and different from what is there. */
export type Correction = { contacts: ContactChange[]; address: PostalAddress | null };

/**
 * Corrects a member's contacts and address with a reason. What comes on file waits before it may carry a way back
 * in, the former contact is told, and the change leaves in the daily file.
 *
 * @throws AppError `invalid-input` on each field, and when nothing would change; `policy-refused` with the rule;
 * `conflict` when someone else acted first.
 */
export const correct = async (ctx: Ctx, memberId: string, input: Correct): Promise<Outcome> => {
  const prepared = await prepare(ctx, memberId, 'contacts', input);
  const { policy, member, callReason } = prepared;
  const correction = readCorrection(member, input);
  const reason = reasonFrom(policy.reasons.correct, input.reason, callReason);
  await save(ctx, prepared, correction, reason);

  const isTold = member.contacts.some(({ kind }) => kind === 'email' || kind === 'mobile');
  const say = (key: string, params = {}) => ctx.house.words.say(ctx.language, `accounts.${key}`, params);
  const params = {
    what: inWords(ctx, fieldsOf(correction)),
    from: dayInWords(ctx.language, addDays(parisDay(ctx.now), policy.contacts.waitingDays)),
    told: isTold ? ` ${say('correctedTold')}` : '',
  };
  const waits = bringsWayIn(correction) ? 'Waits' : '';
  return {
    message: say(`corrected${waits}`, params),
    toSay: say(`correctedSay${waits}`, params),
    letter: null,
    sending: null,
    version: input.version + 1,
  };
};

/** What an approved request does: the same, as it was read when it was asked for. */
export const runCorrection = (ctx: Ctx, prepared: Prepared, input: Record<string, unknown>): Promise<void> =>
  save(ctx, prepared, input.correction as Correction, String(input.reason));

/** A correction as a request to a second person keeps it, and what they read of it: masked, in words. */
export const correctionToAsk = (
  ctx: Ctx,
  member: MemberFile,
  typed: CorrectedFields,
): { correction: Correction; detail: string } => {
  const correction = readCorrection(member, typed);
  const { contacts, address } = correction;
  const parts = [
    ...contacts.map(({ kind, value }) => ({ field: kind, value: value && masked(kind, value) })),
    ...(address ? [{ field: 'address' as const, value: `${address.postcode} ${address.town}`.trim() }] : []),
  ];
  const detail = parts.map(({ field, value }) => {
    const key = value === null ? 'correctionRemoves' : 'correctionPuts';
    const what = inWords(ctx, [field]);
    return ctx.house.words.say(ctx.language, `accounts.${key}`, { what, value: value ?? '' });
  });
  return { correction, detail: detail.join(' ; ') };
};

/** @throws AppError `invalid-input` with each field that cannot be read, or when nothing would change. */
const readCorrection = (member: MemberFile, typed: CorrectedFields): Correction => {
  const { changes, fields } = readContacts(member.contacts, typed.contacts ?? {});
  const who = { civility: member.civility, firstName: member.firstName, lastName: member.usualName };
  const reading = typed.address && readAddress(who, typed.address);
  if (reading && !reading.ok) {
    for (const [field, problem] of Object.entries(reading.fields)) fields[`address.${field}`] = problem;
  }
  if (Object.keys(fields).length > 0) throw new AppError('invalid-input', 'common.invalidInput', { fields });

  const isOther = reading?.ok && addressText(reading.address) !== addressText(member.address);
  const correction = { contacts: changes, address: isOther ? reading.address : null };
  if (fieldsOf(correction).length === 0) throw new AppError('invalid-input', 'accounts.nothingCorrected');
  return correction;
};

const save = async (ctx: Ctx, prepared: Prepared, correction: Correction, reason: string): Promise<void> => {
  const { policy, member, account, by, callId } = prepared;
  const correcting = { by, reason, callId };
  const { contacts, address } = correction;
  if (contacts.length > 0) await correctContacts(ctx, member, contacts, correcting);
  if (address) await correctAddress(ctx, member, address, correcting);

  const what = fieldsOf(correction);
  await tellOfCorrection(ctx, member, what, { accountId: account.id, callId, askedBy: by });
  record(ctx, {
    type: 'member.corrected',
    organisationId: policy.id,
    memberId: member.id,
    callId,
    data: { what, reason, ...decidedOn(prepared), destinations: destinationsOf(correction) },
  });
};

const fieldsOf = ({ contacts, address }: Correction): CorrectedField[] => [
  ...contacts.map(({ kind }) => kind),
  ...(address ? (['address'] as const) : []),
];

const destinationsOf = ({ contacts }: Correction): string[] =>
  contacts.flatMap(({ kind, value }) => (value === null ? [] : [masked(kind, value)]));

/** Landlines and faxes carry no way back in, and what was taken away carries none either. */
const bringsWayIn = ({ contacts, address }: Correction): boolean =>
  address !== null ||
  contacts.some(({ kind, value }) => value !== null && (kind === 'email' || kind === 'mobile'));

const inWords = ({ house, language }: Ctx, fields: CorrectedField[]): string =>
  fields.map((field) => house.words.say(language, `space.contactKinds.${field}`)).join(', ');

const masked = (kind: ContactChange['kind'], value: string): string =>
  kind === 'email' ? maskEmail(value) : maskPhone(value);
