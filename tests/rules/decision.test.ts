import { describe, expect, test } from 'vitest';
import { decide, obstacleTo, type Act, type Decision, type Rule } from '../../server/accounts/decision.ts';
import type { Desk, Facts } from '../../server/accounts/decision-facts.ts';
import { headlineOf, type Standing } from '../../server/accounts/standing.ts';
import { desk, facts, locked, open, policy, suspected } from '../support/decisions.ts';

const soon = new Date('2026-11-20T00:00:00Z');

describe('what stands against an act, whoever asks', () => {
  test.each<[string, Act, string, Facts, Rule | null]>([
    ['an open account is not unblocked', 'unblock', 'safiag', facts(), 'not-locked'],
    ['a locked one is', 'unblock', 'safiag', facts({ standing: locked }), null],
    [
      'two unblocks in 24 hours are enough',
      'unblock',
      'safiag',
      facts({ standing: locked, unblocks: { last24Hours: 2, last30Days: 2 } }),
      'unblock-budget',
    ],
    [
      'five in 30 days are enough',
      'unblock',
      'safiag',
      facts({ standing: locked, unblocks: { last24Hours: 0, last30Days: 5 } }),
      'unblock-budget',
    ],
    [
      'nothing lifts an ended contract',
      'unblock',
      'safiag',
      facts({ standing: { ...locked, disabled: 'contract-ended' } }),
      'disabled',
    ],
    [
      'nor does a letter go to one',
      'letter',
      'safiag',
      facts({ standing: { ...locked, disabled: 'client-rights-lost' } }),
      'disabled',
    ],
    ['a frozen one waits', 'unblock', 'safiag', facts({ standing: { ...locked, frozenAt: 'x' } }), 'frozen'],
    [
      'a dependant has none',
      'unblock',
      'safiag',
      facts({ standing: { ...open, hasAccount: false } }),
      'no-account',
    ],
    ['a letter may go to an open account', 'letter', 'safiag', facts(), null],
    ['and to a locked one', 'letter', 'safiag', facts({ standing: locked }), null],
    ['not without letters', 'letter', 'mgen', facts({ letter: { refusedBy: 'letter.none' } }), 'letter-none'],
    [
      'not to a doubtful address',
      'letter',
      'safiag',
      facts({ letter: { refusedBy: 'letter.address-doubtful' } }),
      'letter-address-doubtful',
    ],
    [
      'not to one that does not fit',
      'letter',
      'safiag',
      facts({ letter: { refusedBy: 'letter.address' } }),
      'letter-address',
    ],
    ['not beside another', 'letter', 'safiag', facts({ letter: { isOnItsWay: true } }), 'letter-on-its-way'],
    ['not too soon', 'letter', 'safiag', facts({ letter: { mayAskFrom: soon } }), 'letter-too-soon'],
    ['an organisation without SMS has none', 'sms', 'safiag', facts(), 'channel-none'],
    [
      'an overseas mobile gets none where only metropolitan ones do',
      'sms',
      'mgen',
      facts({ contacts: { email: 'usable', sms: 'out-of-reach' } }),
      'mobile-overseas',
    ],
    [
      'without a mobile there is none',
      'sms',
      'mgen',
      facts({ contacts: { email: 'usable', sms: 'unknown' } }),
      'mobile-unknown',
    ],
    [
      'without an e-mail there is none',
      'email',
      'mgen',
      facts({ contacts: { email: 'unknown', sms: 'usable' } }),
      'email-unknown',
    ],
    ['else there is one', 'email', 'mgen', facts(), null],
    ['and a text message', 'sms', 'mgen', facts(), null],
    ['to a locked account too', 'sms', 'mgen', facts({ standing: locked }), null],
    ['not to a frozen one', 'sms', 'mgen', facts({ standing: { ...open, frozenAt: 'x' } }), 'frozen'],
    [
      'not to an address changed a short while ago',
      'email',
      'mgen',
      facts({ contacts: { email: 'recent', sms: 'usable' } }),
      'email-recent',
    ],
    [
      'nor to a number',
      'sms',
      'mgen',
      facts({ contacts: { email: 'usable', sms: 'recent' } }),
      'mobile-recent',
    ],
    [
      'not beside one that is leaving',
      'sms',
      'mgen',
      facts({ leaving: new Set(['sms']) }),
      'message-on-its-way',
    ],
    ['but beside one by the other channel', 'sms', 'mgen', facts({ leaving: new Set(['email']) }), null],
    ['codes are for the member to ask', 'email', 'mutuelle-agents-publics', facts(), 'channel-none'],
    ['by text message too', 'sms', 'mutuelle-agents-publics', facts(), 'channel-none'],
    ['a password by e-mail where there is no link', 'email', 'msa-sud-aquitaine', facts(), null],
    ['what is not frozen is not lifted', 'unfreeze', 'safiag', facts({ standing: locked }), 'not-frozen'],
    ['what is frozen is', 'unfreeze', 'safiag', facts({ standing: { ...locked, frozenAt: 'x' } }), null],
    [
      'but for a contract that ended',
      'unfreeze',
      'safiag',
      facts({ standing: { ...open, frozenAt: 'x', disabled: 'deceased' } }),
      'disabled',
    ],
    ['a suspicion is lifted too', 'unfreeze', 'safiag', facts({ standing: { ...open, ...suspected } }), null],
    [
      'a suspicion stands against each way in',
      'sms',
      'mgen',
      facts({ standing: { ...open, ...suspected } }),
      'flagged',
    ],
    ['and against a letter', 'letter', 'safiag', facts({ standing: { ...open, ...suspected } }), 'flagged'],
    ['and an unblock', 'unblock', 'safiag', facts({ standing: { ...locked, ...suspected } }), 'flagged'],
    [
      'not to an address that changed a short while ago',
      'letter',
      'safiag',
      facts({ letter: { isRecent: true } }),
      'letter-address-recent',
    ],
    [
      'a dependant is not suspected',
      'suspicion',
      'mgen',
      facts({ standing: { ...open, hasAccount: false } }),
      'no-account',
    ],
    ['a death is reported once', 'death', 'mgen', facts({ standing: { ...open, frozenAt: 'x' } }), 'frozen'],
    ['of an account that is open', 'death', 'mgen', facts(), null],
    ['what nothing closes is not disputed', 'disputed-closure', 'mgen', facts(), 'not-closed'],
    [
      'what is closed is',
      'disputed-closure',
      'safiag',
      facts({ standing: { ...open, disabled: 'contract-ended' } }),
      null,
    ],
  ])('%s', (_case, act, organisation, given, expected) => {
    expect(obstacleTo(act, policy(organisation), given)).toBe(expected);
  });
});

describe('what a report or a lifting needs', () => {
  const cases: [string, Act, Partial<Desk>, Facts, Decision][] = [
    ['nobody on the line', 'suspicion', { caller: 'unsaid' }, facts(), { as: 'allowed' }],
    ['nor a caller who may know', 'death', { caller: 'third-party' }, facts(), { as: 'allowed' }],
    [
      'nor a proof',
      'disputed-closure',
      { best: 'none' },
      facts({ standing: { ...open, disabled: 'client-rights-lost' } }),
      { as: 'allowed' },
    ],
    [
      'but another agent for one’s own account',
      'suspicion',
      { kin: 'self' },
      facts(),
      { as: 'refused', rule: 'own-account' },
    ],
    [
      'or for a relative’s',
      'unfreeze',
      { kin: 'relative' },
      facts({ standing: { ...open, frozenAt: 'x' } }),
      { as: 'refused', rule: 'relative-account' },
    ],
  ];

  test.each(cases)('%s', (_case, act, who, given, expected) => {
    expect(decide(act, policy('safiag'), given, desk(who))).toEqual(expected);
  });
});

describe('the headline is the first that applies', () => {
  const waiting = { for: 'letter-posted', since: 'x', until: 'y' } as const;

  test.each<[string, Standing]>([
    ['no-account', { ...locked, hasAccount: false, disabled: 'deceased' }],
    ['disabled', { ...locked, disabled: 'deceased', frozenAt: 'x', waiting }],
    ['frozen', { ...locked, frozenAt: 'x', waiting }],
    ['locked', { ...locked, waiting }],
    ['waiting', { ...open, waiting, hasPassword: false, firstSignedInAt: null }],
    ['never-connected', { ...open, hasPassword: false, firstSignedInAt: null }],
    ['open', open],
    ['open', { ...open, failures: 2 }],
  ])('%s', (expected, standing) => {
    expect(headlineOf(standing)).toBe(expected);
  });
});
