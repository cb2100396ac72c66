import { resolve } from 'node:path';
import { openAccounts } from '../accounts/open-accounts.service.ts';
import { record } from '../audit/record.ts';
import { parisDay } from '../core/calendar.ts';
import type { Ctx, House, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { insertCanary, isNumberTaken, listSomeNumbers } from '../members/canaries.service.ts';
import { listHoldersByNir, nirIndex } from '../members/intake.service.ts';
import { nirKey } from '../members/nir.ts';
import { saveMember, type PersonToSave } from '../members/saving.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { loadDemoLists } from './demo-lists.ts';
import { inventPeople, type InventedPerson } from './demo-people.ts';

/**
 * Makes canaries of an organisation: holders with an account that was never used, whose names, births and towns are
 * invented as the demo's are, under numbers that lie among the members' own. Nothing but the table of canaries tells
 * them apart.
 *
 * @throws AppError `invalid-input` while the organisation has no members to hide among.
 */
export const makeCanaries = (visit: Visit, organisationId: string, count: number): Promise<string[]> => {
  const policy = policyOf(visit.house, organisationId);
  const people = inventHolders(visit.house, policy, count);
  return perform(visit, async (ctx) => {
    const ids: string[] = [];
    for (const person of people) ids.push(await makeOne(ctx, policy, person));
    return ids;
  });
};

const makeOne = async (ctx: Ctx, policy: Policy, { person }: InventedPerson): Promise<string> => {
  const organisationId = policy.id;
  const nir = person.nir && (await freeNir(ctx, organisationId, person.nir.body));
  const whole: PersonToSave = {
    organisationId,
    ...(await freeNumber(ctx, organisationId)),
    kind: 'holder',
    nir,
    civility: person.civility,
    birthName: person.birthName,
    usualName: person.usualName ?? person.birthName ?? '',
    firstName: person.firstName,
    birthDate: person.birthDate,
    // Nobody's: what is invented may be somebody's all the same.
    contacts: [],
    address: person.address && { ...person.address, since: person.address.since ?? parisDay(ctx.now) },
    spaceType: person.spaceType,
    companyCode: null,
    contractEndOn: null,
    deceasedOn: null,
    representative: null,
    isProtected: false,
    wantsLargePrint: false,
    language: 'fr',
    lineDigest: '',
    importId: null,
  };
  const { id } = await saveMember(ctx, whole);
  const { memberNumber } = whole;
  const holder = { memberId: id, isNew: true, nirBody: nir?.body ?? null, memberNumber };
  await openAccounts(ctx, policy, [{ ...holder, samePersonAs: null, firstPasswordCode: null }]);
  const by = ctx.actor.kind === 'system' ? ctx.actor.name : 'agent';
  const row = { member_id: id, organisation_id: organisationId, made_at: ctx.now.toISOString(), made_by: by };
  await insertCanary(ctx.db, row);
  // Whom it made is nothing that a reader of the audit learns.
  record(ctx, { type: 'canary.made', organisationId, data: {} });
  return id;
};

/** The first ones of an invented list show one state each: those who come later are like anybody. */
const inventHolders = (house: House, policy: Policy, count: number): InventedPerson[] => {
  const everybody = inventPeople({
    seed: house.random.id(),
    count: 40 + count * 8,
    today: parisDay(house.clock()),
    lists: loadDemoLists(resolve('seeds')),
    identifiers: policy.signIn.identifiers.every(({ kind }) => kind === 'nir') ? 'nir' : 'member-number',
    spaceTypes: policy.spaceTypes,
  });
  const ordinary = [...everybody].filter(({ state, person }) => state === 'open' && !person.isProtected);
  return ordinary.slice(-count);
};

const mostTries = 400;
const mostDigits = 4;

/** A number as the members' own are, with another last digit; with more other ones while those are taken. */
const freeNumber = async (
  ctx: Ctx,
  organisationId: string,
): Promise<{ memberNumber: string; rank: string }> => {
  const known = await listSomeNumbers(ctx.db, organisationId);
  for (let tries = 0; known.length > 0 && tries < mostTries; tries += 1) {
    const like = known[below(ctx, known.length)];
    if (!like) break;
    const last = new RegExp(`\\d{1,${1 + Math.floor((tries * mostDigits) / mostTries)}}(?=\\D*$)`);
    const memberNumber = like.memberNumber.replace(last, (digits) =>
      [...digits].map(() => String(below(ctx, 10))).join(''),
    );
    if (!(await isNumberTaken(ctx.db, organisationId, memberNumber))) return { ...like, memberNumber };
  }
  throw new AppError('invalid-input', 'canaries.noRoom');
};

/** A number that no real person bears (its commune does not exist) and nobody has here. */
const freeNir = async (
  ctx: Ctx,
  organisationId: string,
  like: string,
): Promise<NonNullable<PersonToSave['nir']>> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const body = like.slice(0, 10) + String(1 + below(ctx, 999)).padStart(3, '0');
    const index = nirIndex(ctx.house.keys, organisationId, body);
    const taken = await listHoldersByNir(ctx.db, organisationId, [index]);
    if (taken.length === 0) return { body, key: nirKey(body) };
  }
  throw new AppError('invalid-input', 'canaries.noRoom');
};

const below = ({ house }: Ctx, n: number): number => Buffer.from(house.random.bytes(4)).readUInt32BE() % n;
