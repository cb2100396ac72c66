import { openAccounts } from '../../server/accounts/open-accounts.service.ts';
import { record } from '../../server/audit/record.ts';
import { perform, systemVisit } from '../../server/core/perform.ts';
import { requestLetter } from '../../server/letters/letters.service.ts';
import { letterOutlook } from '../../server/letters/outlook.service.ts';
import { saveMembers, type PersonToSave } from '../../server/members/saving.service.ts';
import { policyOf } from '../../server/organisations/organisations.service.ts';
import { person } from './people.ts';
import { everyOrganisation, type TestServer } from './server.ts';

export type BuiltLetter = {
  id: string;
  reference: string;
  memberId: string;
  accountId: string;
  organisation: string;
  identifier: string;
};

export type Wish = {
  organisation?: string;
  /** Username of the agent who asked. */
  askedBy?: string;
  person?: Partial<PersonToSave>;
  /** Columns of the letter that a test wants otherwise. */
  row?: Record<string, string | number>;
};

/** One waiting letter of one new holder for each wish; a test names only what matters to it. */
export const buildLetters = async (server: TestServer, wishes: Wish[]): Promise<BuiltLetter[]> => {
  const { house } = server;
  const visit = systemVisit(house, 'tests', everyOrganisation(house));
  const agents = new Map<string, string>(
    (await house.pool('agents').select('id', 'username')).map((row) => [row.username, row.id]),
  );
  const people = wishes.map(({ organisation = 'mutuelle-agents-publics', person: more }) =>
    person({ organisationId: organisation, ...more }),
  );
  return perform(visit, async (ctx) => {
    const members = await saveMembers(ctx, people);
    const built: BuiltLetter[] = [];
    for (const [at, one] of people.entries()) {
      const policy = policyOf(house, one.organisationId);
      const memberId = members[at]?.id ?? '';
      const { memberNumber, civility, firstName, usualName: lastName, wantsLargePrint } = one;
      const holder = {
        memberId,
        isNew: true,
        nirBody: null,
        memberNumber,
        samePersonAs: null,
        firstPasswordCode: null,
      };
      await openAccounts(ctx, policy, [holder]);
      if (!one.address) throw new Error('A letter needs an address.');
      const account = await ctx.db('accounts').where({ member_id: memberId }).first('id');
      const to = {
        memberId,
        accountId: account.id as string,
        organisationId: policy.id,
        civility,
        firstName,
        lastName,
        address: one.address,
        addressDoubtful: false,
        language: 'fr' as const,
        largePrint: wantsLargePrint,
      };
      const outlook = letterOutlook(policy, to, ctx.now);
      if (!outlook.ok) throw new Error(`This letter cannot be asked for: ${outlook.rule}.`);
      const by = agents.get(wishes[at]?.askedBy ?? 'agent') ?? '';
      const asked = await requestLetter(ctx, to, outlook, { by, reason: 'forgot-password', callId: null });
      const row = wishes[at]?.row;
      if (row) await ctx.db('letters').where({ id: asked.id }).update(row);
      built.push({
        id: asked.id,
        reference: asked.reference,
        memberId,
        accountId: account.id as string,
        organisation: policy.id,
        identifier: memberNumber,
      });
    }
    record(ctx, { type: 'demo.loaded', data: { members: people.length } });
    return built;
  });
};

/** So many alike. */
export const times = (count: number, wish: Wish = {}): Wish[] => Array.from({ length: count }, () => wish);
