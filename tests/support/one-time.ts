import { record } from '../../server/audit/record.ts';
import type { Ctx, House } from '../../server/core/ctx.ts';
import { perform, systemVisit } from '../../server/core/perform.ts';
import type { Secret } from '../../server/core/secret.ts';
import { useUp } from '../../server/credentials/credentials.service.ts';
import { makeOneTime, recogniseCode, recogniseLink } from '../../server/credentials/one-time.service.ts';
import type { Built } from './holders.ts';
import { everyOrganisation } from './server.ts';

type Among = { recoveryId?: string; purpose?: string; accountId?: string | null };

/** Links and codes of members, made and recognised in `house` as the portal and its workers would. */
export const oneTimeIn = (house: House) => {
  const act = <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    perform(systemVisit(house, 'tests', everyOrganisation(house)), (ctx) => {
      record(ctx, { type: 'recovery.asked', data: { path: 'forgotten', known: true, within: true } });
      return work(ctx);
    });
  const to = (member: Built, recoveryId = 'r1') => ({
    accountId: member.accountId,
    organisationId: member.organisation,
    messageId: `message-of-${recoveryId}`,
    recoveryId,
    channel: 'email' as const,
  });

  return {
    act,
    to,
    makeCodeFor: (member: Built, recoveryId = 'r1', purpose = 'recovery') =>
      act((ctx) =>
        makeOneTime(ctx, to(member, recoveryId), { kind: 'code', purpose, lifetimeMinutes: 10, digits: 6 }),
      ),
    makeLinkFor: (member: Built, kind: 'link' | 'repudiation' = 'link') =>
      act((ctx) => makeOneTime(ctx, to(member), { kind, purpose: 'recovery', lifetimeMinutes: 1_440 })),
    codeIs: async (member: Built, typed: Secret, among: Among = {}) => {
      const whole = { recoveryId: 'r1', purpose: 'recovery', accountId: member.accountId, ...among };
      return (await act((ctx) => recogniseCode(ctx, whole, typed))).as;
    },
    linkIs: async (organisation: string, token: Secret, kind: 'link' | 'repudiation' = 'link') =>
      (await act((ctx) => recogniseLink(ctx, organisation, kind, token))).as,
    use: (credentialId: string) => act((ctx) => useUp(ctx, credentialId)),
  };
};
