import { describe, expect, test } from 'vitest';
import { deskMessageOf } from '../../server/accounts/desk-messages.ts';
import { lifetimeMinutesOf, tooLateAfterMinutes } from '../../server/messages/message-lives.ts';
import { loadOrganisations } from '../../server/organisations/organisations.service.ts';

const organisations = loadOrganisations('seeds/organisations');
const policy = (id: string) => {
  const found = organisations.get(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

describe('what the desk sends', () => {
  test.each([
    ['safiag', 'reset-link', null],
    ['mutuelle-agents-publics', null, null],
    ['mgen', 'reset-link', 'temporary-password'],
    ['msa-sud-aquitaine', 'temporary-password', 'temporary-password'],
  ])('%s: %s by e-mail, %s by SMS', (id, email, sms) => {
    expect(deskMessageOf(policy(id), 'email')).toBe(email);
    expect(deskMessageOf(policy(id), 'sms')).toBe(sms);
  });

  test.each([
    ['safiag', 'reset-link', 'email', 1440, 120],
    ['mgen', 'temporary-password', 'sms', 10, 10],
    ['msa-sud-aquitaine', 'temporary-password', 'email', 60, 60],
    ['msa-sud-aquitaine', 'code', 'sms', 30, 30],
  ] as const)(
    '%s: a %s by %s lives %i minutes and is too late after %i',
    (id, template, channel, life, late) => {
      expect(lifetimeMinutesOf(policy(id), template, channel)).toBe(life);
      expect(tooLateAfterMinutes(policy(id), template, channel)).toBe(late);
    },
  );
});
