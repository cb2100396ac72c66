import { describe, expect, test } from 'vitest';
import type { EventType } from '../../server/audit/vocabulary.schema.ts';
import { outcomeOf } from '../../server/calls/outcome.ts';
import type { CallOutcome } from '../../server/core/vocabulary.ts';

type Event = Parameters<typeof outcomeOf>[0][number];

const happened = (
  type: EventType,
  data: Record<string, unknown> = {},
  result: Event['result'] = 'done',
): Event => ({
  type,
  data,
  result,
});
const letter = happened('letter.requested', { letterId: 'l1' });
const noLetter = happened('letter.cancelled', { letterId: 'l1' });
const message = happened('message.asked', { messageId: 'm1', template: 'reset-link' });
const lost = happened('message.failed', { messageId: 'm1' });
const notice = happened('message.asked', { messageId: 'm2', template: 'notice-unblocked' });
const codeToRead = happened('message.asked', { messageId: 'm3', template: 'caller-code' });
const unblocked = happened('account.unblocked');
const asked = happened('approval.requested', { approvalId: 'a1' });
const right = happened('verification.answered', { right: true });
const wrong = happened('verification.answered', { right: false }, 'failed');
const wrongCode = happened('verification.code-tried', { outcome: 'wrong' }, 'failed');
const nobodyThere = happened('verification.called-back', { reached: false }, 'failed');
const promised = happened('callback.owed', { kind: 'promised-call' });
const owedByItself = happened('callback.owed', { kind: 'missed-promise' });
const suspected = happened('account.suspected');

describe('what a call came to', () => {
  test.each<[string, Event[], CallOutcome]>([
    ['nothing', [], 'nothing-done'],
    ['right answers only', [wrong, right], 'nothing-done'],
    ['a wrong answer', [right, wrong], 'not-verified'],
    ['a wrong code', [wrongCode], 'not-verified'],
    ['nobody at the number on file', [nobodyThere], 'not-verified'],
    ['an unblock', [right, unblocked, notice], 'settled'],
    ['a link', [message], 'settled'],
    ['a link that failed', [message, lost], 'nothing-done'],
    ['a notice alone', [notice], 'nothing-done'],
    ['a code to read out', [codeToRead], 'nothing-done'],
    ['a letter', [letter], 'letter-on-its-way'],
    ['a letter after a wrong answer', [wrong, letter], 'letter-on-its-way'],
    ['an unblock and a letter', [unblocked, letter], 'letter-on-its-way'],
    ['a letter called back', [letter, noLetter], 'settled'],
    ['a letter called back for a link', [letter, noLetter, message], 'settled'],
    ['a link whose message failed, then a letter', [message, lost, letter], 'letter-on-its-way'],
    ['a request to a supervisor', [letter, asked], 'waiting-for-approval'],
    ['a request granted', [asked, happened('approval.granted', { approvalId: 'a1' }), message], 'settled'],
    ['a request refused', [asked, happened('approval.refused', { approvalId: 'a1' })], 'refused'],
    [
      'one request refused, one waiting',
      [
        asked,
        happened('approval.refused', { approvalId: 'a1' }),
        happened('approval.requested', { approvalId: 'a2' }),
      ],
      'waiting-for-approval',
    ],
    ['a promised call', [unblocked, promised], 'to-call-back'],
    ['what the server owes by itself', [unblocked, owedByItself], 'settled'],
    ['a suspicion', [message, promised, asked, suspected], 'suspicion'],
    ['a suspicion lifted', [suspected, happened('account.suspicion-lifted')], 'settled'],
    ['a contact put right', [happened('member.corrected')], 'settled'],
    ['a death reported', [happened('member.death-reported')], 'settled'],
    ['events whose content was removed', [{ ...letter, data: null }], 'nothing-done'],
  ])('after %s', (_what, events, outcome) => {
    expect(outcomeOf(events)).toBe(outcome);
  });
});
