import { openAccounts } from '../../server/accounts/open-accounts.service.ts';
import { perform, systemVisit } from '../../server/core/perform.ts';
import { Secret } from '../../server/core/secret.ts';
import { hashTemporary } from '../../server/credentials/credentials.service.ts';
import { makeTemporaryPassword } from '../../server/credentials/temporary-password.ts';
import { saveMember, type PersonToSave } from '../../server/members/saving.service.ts';
import { policyOf } from '../../server/organisations/organisations.service.ts';
import { record } from '../../server/audit/record.ts';
import { person } from './people.ts';
import { everyOrganisation, type TestServer } from './server.ts';

export type Built = { id: string; accountId: string; organisation: string; identifier: string };

/** A holder with an account, in the database of `server`; a test names only what matters to it. */
export const buildHolder = async (
  server: TestServer,
  more: Partial<PersonToSave> & { password?: string; firstCode?: string } = {},
): Promise<Built> => {
  const { password, firstCode, ...given } = more;
  const whole = person(given);
  const { house } = server;
  const visit = systemVisit(house, 'tests', everyOrganisation(house));
  const policy = policyOf(house, whole.organisationId);
  const hash = password && (await house.hashing.hash(new Secret(password)));

  return perform(visit, async (ctx) => {
    const { id } = await saveMember(ctx, whole);
    const firstPasswordCode = firstCode ? new Secret(firstCode) : null;
    const nirBody = whole.nir?.body ?? null;
    const { memberNumber } = whole;
    const holder = {
      memberId: id,
      isNew: true,
      nirBody,
      memberNumber,
      samePersonAs: null,
      firstPasswordCode,
    };
    await openAccounts(ctx, policy, [holder]);
    const account = await ctx.db('accounts').where({ member_id: id }).first('id');
    const at = '2026-10-01T08:00:00.000Z';
    if (hash) {
      await ctx.db('accounts').where({ id: account.id }).update({
        password_hash: hash,
        password_set_at: at,
        first_signed_in_at: at,
        last_signed_in_at: at,
      });
    }
    record(ctx, { type: 'demo.loaded', data: { members: 1 } });
    const identifier = policy.signIn.identifiers[0]?.kind === 'nir' ? (nirBody ?? '') : memberNumber;
    return { id, accountId: account.id as string, organisation: whole.organisationId, identifier };
  });
};

/** The events of one member in the order they happened. */
export const eventsOf = async (server: TestServer, memberId: string): Promise<string[]> =>
  (await server.house.pool('audit_events').where({ member_id: memberId }).orderBy('seq')).map(
    ({ type }) => type as string,
  );

/** A temporary password of this member in the state given; returns what the sheet would carry. */
export const giveTemporary = async (
  { house, clock }: TestServer,
  member: Built,
  state: 'printed' | 'live' | 'dead',
): Promise<string> => {
  const account = await house.pool('accounts').where({ id: member.accountId }).first();
  const symbols = makeTemporaryPassword(house.random.bytes);
  const now = clock.now().toISOString();
  await house.pool('credentials').insert({
    id: house.random.id(),
    account_id: member.accountId,
    organisation_id: member.organisation,
    kind: 'temporary',
    channel: 'letter',
    hash: hashTemporary(house.keys, account.temporary_salt as string, new Secret(symbols)),
    state,
    ended_as: state === 'dead' ? 'superseded' : null,
    created_at: now,
    activated_at: state === 'printed' ? null : now,
    valid_until: '2030-01-01T00:00:00.000Z',
    ended_at: state === 'dead' ? now : null,
  });
  return symbols;
};
