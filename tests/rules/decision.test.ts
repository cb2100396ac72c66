import { describe, expect, test } from 'vitest';
import { decide, type Act, type Facts, type Rule } from '../../server/accounts/decision.ts';
import type { Standing } from '../../server/accounts/standing.ts';
import { headlineOf } from '../../server/accounts/standing.ts';
import { loadOrganisations } from '../../server/organisations/organisations.service.ts';

const organisations = loadOrganisations('seeds/organisations');
const policy = (id: string) => {
  const found = organisations.get(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

const open: Standing = {
  hasAccount: true,
  disabled: null,
  disabledSince: null,
  frozenAt: null,
  failures: 0,
  maxFailures: 3,
  lockedAt: null,
  waiting: null,
  firstSignedInAt: '2026-01-01T00:00:00.000Z',
  lastSignedInAt: '2026-01-01T00:00:00.000Z',
  hasPassword: true,
};
const locked: Standing = { ...open, failures: 3, lockedAt: '2026-11-01T00:00:00.000Z' };
const soon = new Date('2026-11-20T00:00:00Z');

const facts = (more: Omit<Partial<Facts>, 'letter'> & { letter?: Partial<Facts['letter']> } = {}): Facts => ({
  standing: open,
  unblocks: { last24Hours: 0, last30Days: 0 },
  contacts: { email: 'usable', sms: 'usable' },
  leaving: new Set(),
  ...more,
  letter: { refusedBy: null, isOnItsWay: false, mayAskFrom: null, ...more.letter },
});

describe('what may be done now', () => {
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
  ])('%s', (_case, act, organisation, given, expected) => {
    expect(decide(act, policy(organisation), given)).toBe(expected);
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
