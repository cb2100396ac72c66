import { accountIdsOf } from '../accounts/open-accounts.service.ts';
import { setDemoAccounts, type DemoAccount, type DemoPassword } from '../accounts/demo-states.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx, House } from '../core/ctx.ts';
import { perform, systemVisit } from '../core/perform.ts';
import { requestLetter } from '../letters/letters.service.ts';
import { letterLimits } from '../letters/letter-limits.service.ts';
import { letterOutlook, type Addressee } from '../letters/outlook.service.ts';
import { listStamps } from '../members/intake.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { inventPeople, type DemoOptions, type DemoState } from './demo-people.ts';
import { seededDice, type Dice } from './demo-random.ts';
import type { ImportedPerson } from './row.ts';

type Holder = { person: ImportedPerson; state: DemoState };

const holdersAtOnce = 500;

/** Invents the same people again and gives each holder's account the state that goes with them. */
export const giveDemoStates = async (
  house: House,
  policy: Policy,
  options: DemoOptions,
  password: DemoPassword,
  tell: (done: number) => void,
): Promise<void> => {
  const dice = seededDice(`${options.seed}:states`);
  const visit = systemVisit(house, 'demo', [policy.id]);
  let holders: Holder[] = [];
  let done = 0;
  const flush = async (): Promise<void> => {
    const some = holders.map((holder) => ({ ...holder, past: inventPast(dice, holder.state) }));
    done += some.length;
    holders = [];
    if (some.length === 0) return;
    await perform(visit, async (ctx) => {
      await giveStates(ctx, policy, password, some);
      record(ctx, { type: 'demo.loaded', organisationId: policy.id, data: { members: some.length } });
    });
    tell(done);
  };
  for (const { person, state } of inventPeople(options)) {
    if (state) holders.push({ person, state });
    if (holders.length >= holdersAtOnce) await flush();
  }
  await flush();
};

type Past = Omit<DemoAccount, 'accountId'> | null;

/** Null: has never connected. */
const inventPast = (dice: Dice, state: DemoState): Past => {
  if (state === 'never-connected' || state === 'waiting') return null;
  const firstSignedInDaysAgo = 60 + dice.below(1_200);
  const lastSignedInDaysAgo = 1 + dice.below(state === 'open' ? 50 : 500);
  const past = {
    firstSignedInDaysAgo: Math.max(firstSignedInDaysAgo, lastSignedInDaysAgo),
    lastSignedInDaysAgo,
  };
  return { ...past, lockedHoursAgo: state === 'locked' ? 1 + dice.below(110) : null };
};

const giveStates = async (
  ctx: Ctx,
  policy: Policy,
  password: DemoPassword,
  holders: (Holder & { past: Past })[],
): Promise<void> => {
  const stamps = await listStamps(
    ctx.db,
    policy.id,
    holders.map(({ person }) => person.memberNumber),
  );
  const memberIds = new Map(stamps.map(({ id, memberNumber, rank }) => [`${memberNumber} ${rank}`, id]));
  const accountIds = await accountIdsOf(ctx.db, [...memberIds.values()]);
  const found = holders.flatMap((holder) => {
    const memberId = memberIds.get(`${holder.person.memberNumber} ${holder.person.rank}`);
    const accountId = memberId && accountIds.get(memberId);
    return memberId && accountId ? [{ ...holder, memberId, accountId }] : [];
  });
  await setDemoAccounts(
    ctx,
    policy,
    password,
    found.flatMap(({ accountId, past }) => (past ? [{ accountId, ...past }] : [])),
  );
  for (const { person, state, memberId, accountId } of found) {
    if (state === 'waiting') await askForLetter(ctx, policy, person, { memberId, accountId });
  }
};

const askForLetter = async (
  ctx: Ctx,
  policy: Policy,
  person: ImportedPerson,
  ids: { memberId: string; accountId: string },
): Promise<void> => {
  if (!person.address || !policy.letter) return;
  const to: Addressee = {
    ...ids,
    organisationId: policy.id,
    civility: person.civility,
    firstName: person.firstName,
    lastName: person.usualName ?? person.birthName ?? '',
    address: person.address,
    addressDoubtful: false,
    language: person.language === 'en' ? 'en' : 'fr',
    largePrint: person.wantsLargePrint,
  };
  const outlook = letterOutlook(policy, to, ctx.now);
  const { onItsWay, mayAskFrom } = await letterLimits(ctx, policy, ids.accountId);
  if (!outlook.ok || onItsWay || mayAskFrom) return;
  const reason = policy.reasons.letter[0]?.id ?? 'demo';
  await requestLetter(ctx, to, outlook, { by: 'demo', reason, callId: null });
};
