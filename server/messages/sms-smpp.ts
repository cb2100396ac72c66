import { createHash } from 'node:crypto';
import type { Pdu } from 'smpp';
import { demoNumberProblem } from './demo-number.ts';
import type { Fate, SendOutcome, SmsGateway, SmsToSend } from './gateways.ts';
import { openLine, type NoLine } from './smpp-line.ts';
import { encodeSms } from './sms-encoding.ts';

type Listener = Parameters<NonNullable<SmsGateway['onReceipt']>>[0];
type Word = { fate: Fate; reference: string | null };

const mostWords = 1_000;

/**
 * SMS over SMPP 3.4; for `url` see `openLine`. Long ones are joined by a header in each part. The protocol cannot be
 * asked about a message whose answer never came, so `ask` knows what came late on the line, and nothing else.
 */
export const openSmpp = (url: string, timeoutMs: number): SmsGateway => {
  const listeners: Listener[] = [];
  const lateWords = new Map<string, Word>();
  const keysByNumber = new Map<number, string>();

  const heardOf = (key: string, word: Word): void => {
    if (lateWords.size >= mostWords) lateWords.clear();
    lateWords.set(key, word);
  };
  const onDeliver = (pdu: Pdu): void => {
    const receipt = readReceipt(pdu);
    if (!receipt) return;
    const late = keysByNumber.get(pdu.user_message_reference ?? -1);
    if (late && receipt.status !== 'pending') {
      heardOf(late, { fate: receipt.status, reference: receipt.reference });
    }
    for (const listener of listeners) listener(receipt);
  };
  const line = openLine(url, timeoutMs, onDeliver);

  return {
    cannotTake: demoNumberProblem,
    stayBound: line.stayBound,
    send: async (sms) => {
      const key = keyOf(sms);
      let outcome: SendOutcome = { as: 'refused', problem: 'unexpected' };
      for (const part of partsOf(sms)) {
        const answer = await line.submit(part, (late) => {
          if (late.command_status === 0)
            heardOf(key, { fate: 'accepted', reference: late.message_id ?? null });
        });
        outcome = outcomeOf(answer);
        if (outcome.as === 'unknown') {
          if (keysByNumber.size >= mostWords) keysByNumber.clear();
          keysByNumber.set(numberOf(key), key);
        }
        if (outcome.as !== 'accepted') return outcome;
      }
      return outcome;
    },
    ask: async (sms) => {
      const word = lateWords.get(keyOf(sms));
      lateWords.delete(keyOf(sms));
      return word ?? { fate: 'unknown', reference: null };
    },
    onReceipt: (listener) => void listeners.push(listener),
    close: line.close,
  };
};

const keyOf = ({ id, attempt }: Pick<SmsToSend, 'id' | 'attempt'>): string => `${id}-${attempt}`;

/** Our reference as the protocol takes it: two octets. */
const numberOf = (key: string): number => createHash('sha256').update(key).digest().readUInt16BE(0);

const partsOf = (sms: SmsToSend): Record<string, unknown>[] => {
  const { coding, parts } = encodeSms(sms.text);
  const number = numberOf(keyOf(sms));
  return parts.map((part, at) => ({
    source_addr_ton: 5,
    source_addr_npi: 0,
    source_addr: sms.from,
    dest_addr_ton: 1,
    dest_addr_npi: 1,
    destination_addr: sms.to.replace(/^\+/, ''),
    registered_delivery: 1,
    validity_period: relativeTime(sms.validMinutes),
    data_coding: coding === 'gsm-7' ? 0 : 8,
    user_message_reference: number,
    ...(parts.length === 1
      ? { short_message: part }
      : {
          // 3GPP 23.040: five octets follow, of concatenation with an eight-bit reference.
          esm_class: 0x40,
          short_message: Buffer.concat([Buffer.from([5, 0, 3, number & 0xff, parts.length, at + 1]), part]),
        }),
  }));
};

// YYMMDDhhmmsstnn and R for a time from now.
const relativeTime = (minutes: number): string => {
  const two = (value: number): string => String(value).padStart(2, '0');
  const days = Math.floor(minutes / 1_440);
  return `0000${two(days)}${two(Math.floor(minutes / 60) % 24)}${two(minutes % 60)}00000R`;
};

// SMPP 3.4, 5.1.3: ESME_RSYSERR, RMSGQFUL, RSUBMITFAIL, RTHROTTLED, RX_T_APPN.
const busy = new Set([0x08, 0x14, 0x45, 0x58, 0x64]);
// RINVMSGLEN, RINVDSTADR, RINVDSTTON, RINVDSTNPI, RX_P_APPN, RX_R_APPN, RDELIVERYFAILURE, RPROHIBITED (5.0).
const refused = new Set([0x01, 0x0b, 0x50, 0x51, 0x65, 0x66, 0xfe, 0x101]);

const outcomeOf = (answer: Pdu | NoLine | 'no-answer'): SendOutcome => {
  if (answer === 'no-answer') return { as: 'unknown', problem: answer };
  if (typeof answer === 'string') return { as: 'later', problem: answer };
  if (answer.command_status === 0) return { as: 'accepted', reference: answer.message_id || null };
  if (refused.has(answer.command_status)) return { as: 'refused', problem: 'refused' };
  return { as: 'later', problem: busy.has(answer.command_status) ? 'gateway-busy' : 'gateway-settings' };
};

/** A receipt says whose it is and how it went in fields of its own, or in its text (SMPP 3.4, appendix B). */
const readReceipt = (pdu: Pdu): Parameters<Listener>[0] | undefined => {
  if (((pdu.esm_class ?? 0) & 0x3c) !== 0x04) return undefined;
  const text = String(pdu.short_message?.message ?? '');
  const reference = pdu.receipted_message_id ?? /\bid:(\S+)/i.exec(text)?.[1];
  if (!reference) return undefined;
  const state = pdu.message_state;
  const word = /\bstat:(\w+)/i.exec(text)?.[1]?.toUpperCase() ?? '';
  if (state === 2 || (state === undefined && word === 'DELIVRD')) return { reference, status: 'delivered' };
  const isLost =
    state === undefined ? /^(EXPIRED|DELETED|UNDELIV|REJECTD)$/.test(word) : [3, 4, 5, 8].includes(state);
  return { reference, status: isLost ? 'failed' : 'pending' };
};
