import { openAccounts } from '../../server/accounts/open-accounts.service.ts';
import { createAgent } from '../../server/agents/agents.service.ts';
import { record } from '../../server/audit/record.ts';
import type { Ctx, House } from '../../server/core/ctx.ts';
import { perform, systemVisit } from '../../server/core/perform.ts';
import { requestLetter } from '../../server/letters/letters.service.ts';
import { letterOutlook, type Addressee } from '../../server/letters/outlook.service.ts';
import { saveMembers, type PersonToSave } from '../../server/members/saving.service.ts';
import type { Policy } from '../../server/organisations/policy.schema.ts';
import { everyOrganisation } from './bench-house.ts';

/** Who may make, release and print the lot, and what it is made of. */
export type BenchLot = {
  organisation: string;
  product: string;
  operator: string;
  supervisor: string;
  password: string;
};

const atOnce = 250;

/** So many letters waiting for a lot, of new members of one organisation, asked for as the desk does. */
export const waitingLetters = async (house: House, count: number, password: string): Promise<BenchLot> => {
  const policy = house.organisations.all().find(({ letter }) => letter !== null);
  if (!policy?.letter) throw new Error('No organisation sends letters.');
  const known = everyOrganisation(house);
  const visit = systemVisit(house, 'bench', known);
  for (let from = 0; from < count; from += atOnce) {
    const people = Array.from({ length: Math.min(atOnce, count - from) }, (_, at) =>
      person(policy.id, from + at),
    );
    await perform(visit, (ctx) => ask(ctx, policy, people));
  }
  const mark = house.random.id().slice(0, 8);
  const [operator, supervisor] = [`editique-${mark}`, `superviseur-${mark}`];
  for (const [username, role] of [
    [operator, 'print-operator'],
    [supervisor, 'supervisor'],
  ] as const) {
    await createAgent(visit, { username, name: 'Banc', role, organisations: known, password }, known);
  }
  return { organisation: policy.id, product: policy.letter.product, operator, supervisor, password };
};

const ask = async (ctx: Ctx, policy: Policy, people: PersonToSave[]): Promise<void> => {
  const saved = await saveMembers(ctx, people);
  const holders = saved.map(({ id }, at) => ({
    memberId: id,
    isNew: true,
    nirBody: null,
    memberNumber: people[at]?.memberNumber ?? '',
    samePersonAs: null,
    firstPasswordCode: null,
  }));
  await openAccounts(ctx, policy, holders);
  const rows: { id: string; member_id: string }[] = await ctx
    .db('accounts')
    .whereIn(
      'member_id',
      saved.map(({ id }) => id),
    )
    .select('id', 'member_id');
  const accounts = new Map(rows.map((row) => [row.member_id, row.id]));
  for (const [at, one] of people.entries()) {
    const memberId = saved[at]?.id ?? '';
    const to = addressee(one, memberId, accounts.get(memberId) ?? '');
    const outlook = letterOutlook(policy, to, ctx.now);
    if (!outlook.ok) throw new Error(`No letter may be asked for: ${outlook.rule}.`);
    await requestLetter(ctx, to, outlook, { by: 'bench', reason: 'forgot-password', callId: null });
  }
  record(ctx, { type: 'demo.loaded', data: { members: people.length } });
};

const addressee = (one: PersonToSave, memberId: string, accountId: string): Addressee => {
  if (!one.address) throw new Error('A letter needs an address.');
  return {
    memberId,
    accountId,
    organisationId: one.organisationId,
    civility: one.civility,
    firstName: one.firstName,
    lastName: one.usualName,
    address: one.address,
    addressDoubtful: false,
    language: 'fr',
    largePrint: false,
  };
};

const person = (organisationId: string, number: number): PersonToSave => ({
  organisationId,
  memberNumber: `98${String(number).padStart(6, '0')}`,
  rank: '',
  kind: 'holder',
  nir: null,
  civility: number % 2 === 0 ? 'Mme' : 'M.',
  birthName: null,
  usualName: `Banc${number}`,
  firstName: 'Essai',
  birthDate: '1970-01-01',
  contacts: [],
  address: {
    lines: [`${1 + (number % 180)} rue des Tilleuls`],
    postcode: String(10_000 + ((number * 7) % 85_000)),
    town: 'Ville Essai',
    country: 'FR',
    since: '2020-01-01',
  },
  spaceType: null,
  companyCode: null,
  contractEndOn: null,
  deceasedOn: null,
  representative: null,
  isProtected: false,
  wantsLargePrint: false,
  language: 'fr',
  lineDigest: String(number),
  importId: null,
});
