import { assertMayUnmask, countLook } from '../agents/agents.service.ts';
import { record } from '../audit/record.ts';
import { callForAct } from '../calls/calls.service.ts';
import { addDays, parisDay, type Day } from '../core/calendar.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { fold } from '../core/text.ts';
import type { ContactKind, Headline } from '../core/vocabulary.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { HouseholdMember, Identity, MaskedContact } from './members.schema.ts';
import * as store from './members.store.ts';
import type { MemberFile } from './members.store.ts';
import { isMandateInForce } from './mandate.ts';
import { displayNir, maskNir } from './nir.ts';
import { isMetropolitanMobile, maskEmail, maskPhone } from './phone.ts';
import { openNir, type Nir } from './sealed-nir.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Whether each member may get in; the accounts room hands it over. */
    headlinesOf: (
      ctx: Ctx,
      members: { id: string; organisationId: string }[],
    ) => Promise<Map<string, Headline>>;
  }
}

export type { Company, Contact, MemberFile } from './members.store.ts';
export const { saveCompanies } = store;

/** @throws AppError `not-found`, the same for another organisation's member and for nobody. */
export const findMemberFile = async (ctx: Ctx, id: string): Promise<MemberFile> => {
  const found = await store.findMember(ctx.db, ctx.scope, id);
  if (!found) throw new AppError('not-found', 'common.notFound');
  return found;
};

/** The same, or nothing; the same queries either way. */
export const lookForMemberFile = (
  ctx: Pick<Ctx, 'db' | 'scope'>,
  id: string,
): Promise<MemberFile | undefined> => store.findMember(ctx.db, ctx.scope, id);

/** Whose member this is; nothing outside the scope. */
export const organisationOfMember = async (
  ctx: Pick<Ctx, 'db' | 'scope'>,
  id: string,
): Promise<string | undefined> => (await store.findMember(ctx.db, ctx.scope, id))?.organisationId;

/** In which language a member is written to. */
export const languageOf = ({ language }: Pick<MemberFile, 'language'>): 'fr' | 'en' =>
  language === 'en' ? 'en' : 'fr';

/** Who they are, as an agent may see it. */
export const identityOf = async (ctx: Ctx, member: MemberFile): Promise<Identity> => {
  const nir = nirOf(ctx, member);
  const today = parisDay(ctx.now);
  const { representative } = member;
  const isInForce = isMandateInForce(representative, today);
  return {
    civility: member.civility,
    lastName: member.usualName,
    birthName: member.birthName,
    firstName: member.firstName,
    birthDate: member.birthDate,
    kind: member.kind,
    memberNumber: member.memberNumber,
    rank: member.rank,
    nirMasked: nir && maskNir(nir.body, nir.key),
    address: addressLines(member),
    addressSince: member.addressSince,
    addressRecent: isRecent(policyOf(ctx.house, member.organisationId), member.addressSince, today),
    addressDoubtful: member.addressDoubtfulAt !== null,
    spaceType: member.spaceType,
    company: member.company && (member.company.name ?? member.company.code),
    protected: member.isProtected,
    largePrint: member.largePrint,
    representative: isInForce ? (representative?.name ?? null) : null,
    language: member.language,
  };
};

/** Contacts as an agent may see them; one changed a short while ago or shared proves nothing alone. */
export const maskedContactsOf = async (ctx: Ctx, member: MemberFile): Promise<MaskedContact[]> => {
  const policy = policyOf(ctx.house, member.organisationId);
  const today = parisDay(ctx.now);
  const values = member.contacts.map(({ value }) => value);
  const shared = await store.listShared(ctx.db, member, values);
  return member.contacts.map(({ kind, value, since, corrected }) => ({
    kind,
    masked: kind === 'email' ? maskEmail(value) : maskPhone(value),
    since,
    recent: isRecent(policy, since, today),
    shared: shared.has(value),
    corrected,
    metropolitan: kind === 'mobile' ? isMetropolitanMobile(value) : null,
  }));
};

/** The kinds of a member's contacts that other people of the organisation have too. */
export const sharedKindsOf = async (
  { db }: Pick<Ctx, 'db'>,
  member: MemberFile,
): Promise<Set<ContactKind>> => {
  const values = member.contacts.map(({ value }) => value);
  const shared = await store.listShared(db, member, values);
  return new Set(member.contacts.filter(({ value }) => shared.has(value)).map(({ kind }) => kind));
};

/** The others under the same member number; namesakes are marked, since they are easily taken for one another. */
export const householdOf = async (ctx: Ctx, member: MemberFile): Promise<HouseholdMember[]> => {
  const relatives = await store.listHousehold(ctx.db, member);
  if (relatives.length === 0) return [];
  const headlines = await ctx.house.headlinesOf(ctx, relatives);
  const name = fold(`${member.usualName} ${member.firstName}`);
  return relatives.map(({ organisationId: _organisation, ...relative }) => ({
    ...relative,
    hasAccount: (headlines.get(relative.id) ?? 'no-account') !== 'no-account',
    namesake: fold(`${relative.lastName} ${relative.firstName}`) === name,
  }));
};

/** The ids of the others under the same member number. */
export const relativesOf = ({ db }: Pick<Ctx, 'db'>, member: MemberFile): Promise<{ id: string }[]> =>
  store.listHousehold(db, member);

/** What a password must not contain, and nothing else: for the portal. */
export const personalDataOf = async (
  ctx: Pick<Ctx, 'db' | 'house' | 'scope'>,
  memberId: string,
): Promise<{ names: string[]; birthDate: string; identifiers: string[] }> => {
  const member = await store.findMember(ctx.db, ctx.scope, memberId);
  if (!member) throw new AppError('not-found', 'common.notFound');
  const nir = nirOf(ctx, member);
  return {
    names: [member.usualName, member.birthName, member.firstName].filter((name) => name !== null),
    birthDate: member.birthDate,
    identifiers: [member.memberNumber, ...(nir ? [nir.body, nir.body + (nir.key ?? '')] : [])],
  };
};

/** The member's NIR in clear, for what is keyed by it; null when none is on file. */
export const nirOf = (ctx: Pick<Ctx, 'house'>, member: Pick<MemberFile, 'id' | 'nirSealed'>): Nir | null =>
  member.nirSealed ? openNir(ctx.house.keys, member.id, member.nirSealed) : null;

/**
 * Shows the NIR whole: an act with a reason. In a transaction of its own, so that no idempotency row keeps it.
 *
 * @throws AppError `invalid-input` when the reason is none of the organisation's, `policy-refused` without a NIR or
 * where the agent's site shows none, `too-many` at its cap.
 */
export const revealNir = async (visit: Visit, memberId: string, reason: string): Promise<{ nir: string }> => {
  await countLook(visit);
  return perform(visit, async (ctx) => {
    const member = await findMemberFile(ctx, memberId);
    await assertMayUnmask(ctx);
    const { reasons } = policyOf(ctx.house, member.organisationId);
    if (!reasons.reveal.some(({ id }) => id === reason)) {
      throw new AppError('invalid-input', 'common.invalidInput', {
        fields: { reason: 'members.unknownReason' },
      });
    }
    const nir = nirOf(ctx, member);
    if (!nir) throw new AppError('policy-refused', 'members.noNir', { rule: 'member.no-nir' });

    const { organisationId } = member;
    const call = await callForAct(ctx, { organisationId, memberId });
    record(ctx, { type: 'member.nir-revealed', organisationId, memberId, callId: call.id, data: { reason } });
    return { nir: displayNir(nir.body, nir.key) };
  });
};

const isRecent = (policy: Policy, since: Day, today: Day): boolean =>
  since !== '' && addDays(since, policy.contacts.waitingDays) > today;

const addressLines = ({ address }: MemberFile): string[] =>
  [
    ...address.lines,
    `${address.postcode} ${address.town}`.trim(),
    address.country === 'FR' ? '' : address.country,
  ].filter((line) => line !== '');
