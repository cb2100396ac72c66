import { supervisorsToTell, type ToTell } from '../agents/placement.service.ts';
import { record } from '../audit/record.ts';
import type { Db, House } from '../core/ctx.ts';
import { housekeep, perform, systemVisit } from '../core/perform.ts';
import { inTime } from '../messages/attempt.ts';
import type { SendOutcome } from '../messages/gateways.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { alarmEmail } from './alarm-email.ts';
import * as tellings from './alarm-tellings.store.ts';
import { lotsOf } from './alarms.service.ts';
import * as store from './alarms.store.ts';
import type { AlarmRow } from './alarms.store.ts';

/** Longer than a mail server may take to answer. */
const leaseMs = 120_000;

/**
 * Tells each supervisor of the organisation who has an address of every alarm that stands, once, in one e-mail for
 * all that are new. What the mail server cannot take now is tried again by the next pass; what may have left is not
 * sent twice: the page and the figures say that it stands.
 */
export const tellAlarms = async (house: House, policy: Policy): Promise<void> => {
  const open = await store.listOpen(house.pool, policy.id);
  if (open.length === 0) return;
  const people = await supervisorsToTell(house.pool, policy.id);
  const claimed = await claim(house, people, open);
  if (claimed.length === 0) return;
  const lots = await lotsOf({ db: house.pool }, open);

  const told = await Promise.all(
    claimed.map(async ({ to, alarms }) => ({
      to,
      alarms,
      outcome: await send(house, policy, to, alarmEmail(house, policy, alarms, lots)),
    })),
  );
  await settle(house, policy, told);
};

type Claimed = { to: ToTell; alarms: AlarmRow[] };
type Told = Claimed & { outcome: SendOutcome };

const claim = (house: House, people: ToTell[], open: AlarmRow[]): Promise<Claimed[]> =>
  housekeep(house, async (db, now) => {
    const lease = { now: now.toISOString(), until: new Date(now.getTime() + leaseMs).toISOString() };
    const claimed: Claimed[] = [];
    const ids = open.map(({ id }) => id);
    for (const to of people) {
      const taken = new Set(await tellings.claimTellings(db, to.id, ids, lease));
      if (taken.size > 0) claimed.push({ to, alarms: open.filter(({ id }) => taken.has(id)) });
    }
    return claimed;
  });

const send = (
  { emailGateway, random }: House,
  policy: Policy,
  { email: to }: ToTell,
  written: { subject: string; text: string; html: string },
): Promise<SendOutcome> => {
  const problem = emailGateway.cannotTake?.(to);
  if (problem) return Promise.resolve({ as: 'refused', problem });
  const from = { name: policy.name, address: policy.email.sender };
  const email = { ...written, id: random.id(), attempt: 1, from, to, organisationId: policy.id };
  return inTime(emailGateway.send(email), { as: 'unknown', problem: 'no-answer' });
};

const settle = async (house: House, policy: Policy, told: Told[]): Promise<void> => {
  const supervisors = new Map<string, number>();
  for (const { alarms, outcome } of told) {
    if (outcome.as !== 'accepted' && outcome.as !== 'unknown') continue;
    for (const { id } of alarms) supervisors.set(id, (supervisors.get(id) ?? 0) + 1);
  }
  const later = told.filter(({ outcome }) => outcome.as !== 'accepted').map(({ outcome }) => outcome.as);
  if (later.length > 0)
    house.log.warn({ organisation: policy.id, outcomes: later }, 'alarms were not all told');
  if (supervisors.size === 0) return housekeep(house, (db, now) => write(db, told, now.toISOString()));

  await perform(systemVisit(house, 'alarms', [policy.id]), async (ctx) => {
    const at = ctx.now.toISOString();
    await write(ctx.db, told, at);
    await store.setTold(ctx.db, [...supervisors.keys()], at);
    for (const [alarmId, count] of supervisors) {
      const data = { alarmId, supervisors: count };
      record(ctx, { type: 'alarm.told', organisationId: policy.id, data });
    }
  });
};

const write = async (db: Db, told: Told[], at: string): Promise<void> => {
  for (const { to, alarms, outcome } of told) {
    const ids = alarms.map(({ id }) => id);
    await tellings.settleTellings(db, to.id, ids, outcome.as === 'later' ? null : outcome.as, at);
  }
};
