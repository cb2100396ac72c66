import type { ContactKind } from '../core/vocabulary.ts';
import { addressText, parseAddressText } from '../members/address-text.ts';
import type { PostalAddress } from '../members/address.ts';
import type { CorrectedField as Field } from '../members/desk-corrections.service.ts';
import type { KnownMember } from '../members/intake.service.ts';
import type { PersonToSave } from '../members/members.schema.ts';
import type { MemberColumn } from './columns.ts';
import type { ImportedPerson } from './row.ts';

export type Correction = { id: string; field: string; oldDigest: string; correctedAt: string };

export type Planned = {
  person: PersonToSave;
  isChanged: boolean;
  /** A way to reach somebody whom we knew changes: counted for the brake. */
  contactsChange: boolean;
  /** An open member would be closed. */
  closes: boolean;
  conflicts: Field[];
  /** Corrections that the management system has confirmed or gone beyond. */
  confirmed: string[];
};

export type PlanInput = {
  organisationId: string;
  importId: string;
  person: ImportedPerson;
  known: KnownMember | undefined;
  said: ReadonlySet<string>;
  corrections: Correction[];
  lineDigest: string;
  nirIndexOf: (body: string) => string;
  /** Opens the NIR of the member's row; asked only when the file does not speak of NIRs. */
  nirOf: (known: KnownMember) => PersonToSave['nir'];
  digestOf: (field: Field, value: string) => string;
  now: Date;
  today: string;
};

/** On file for longer than anybody knows: a first import says no date, and such a contact counts as old. */
export const longOnFile = '';

const dayMs = 86_400_000;
/** How long an old value may still come from the management system after a correction at the desk (DOMAIN). */
const correctionDays = 30;

/**
 * What a line of the file makes of a member, from everything known about both. The management system is the
 * master; what its file does not speak of stays, and what the desk corrected stays until the file confirms it.
 */
export const planPerson = (input: PlanInput): Planned => {
  const { person, known, now } = input;
  const kept = { conflicts: [] as Field[], confirmed: [] as string[] };
  const fields = contactFields.map((field) =>
    planField(input, kept, field, fromFile(person, field), ofMember(known, field)),
  );
  const address = planField(
    input,
    kept,
    'address',
    addressOf(person.address),
    addressOf(known?.address ?? null),
  );

  const next: PersonToSave = {
    ...identityOf(input),
    contacts: fields.flatMap(({ field, kept: one }) =>
      one
        ? [{ kind: field as ContactKind, value: one.value, since: one.since, corrected: one.corrected }]
        : [],
    ),
    address: address.kept && { ...parseAddressText(address.kept.value), since: address.kept.since },
  };
  const isSame =
    known &&
    comparable(known, known.nirIndex) === comparable(next, next.nir && input.nirIndexOf(next.nir.body));
  return {
    person: next,
    isChanged: !isSame,
    contactsChange: known !== undefined && [...fields, address].some(({ isOther }) => isOther),
    closes: known !== undefined && !isClosed(known, input.today) && isClosed(next, input.today),
    conflicts: kept.conflicts.filter((field) => isOverdue(input.corrections, field, now)),
    confirmed: kept.confirmed,
  };
};

type Contact = { value: string; since: string; corrected: boolean };
type FromFile = { value: string; since: string | null; corrected: boolean };

const contactFields = ['email', 'mobile', 'landline', 'fax'] as const;
const addressColumns = ['addressLine1', 'addressLine2', 'addressLine3', 'addressLine4', 'postcode', 'town'];

const planField = (
  { known, said, corrections, digestOf, today }: PlanInput,
  outcome: { conflicts: Field[]; confirmed: string[] },
  field: Field,
  next: FromFile | null,
  current: FromFile | null,
): { field: Field; kept: Contact | null; isOther: boolean } => {
  const stays = {
    field,
    kept: current && { ...current, since: current.since ?? longOnFile },
    isOther: false,
  };
  const isSaid = field === 'address' ? addressColumns.some((column) => said.has(column)) : said.has(field);
  if (known && !isSaid) return stays;

  for (const correction of corrections.filter((one) => one.field === field)) {
    if (digestOf(field, next?.value ?? '') === correction.oldDigest && next?.value !== current?.value) {
      outcome.conflicts.push(field);
      return stays;
    }
    outcome.confirmed.push(correction.id);
  }
  if (!next) return { field, kept: null, isOther: current !== null };

  const isOther = known !== undefined && next.value !== current?.value;
  const since = isOther ? today : later(next.since ?? longOnFile, current?.since ?? longOnFile);
  return { field, kept: { value: next.value, since, corrected: next.corrected }, isOther };
};

// Whatever came on file after the member did waits like any change: the file may make a contact younger, never older
// (DOMAIN, "People, contacts, accounts").
const later = (one: string, other: string): string => (one > other ? one : other);

const fromFile = (person: ImportedPerson, field: (typeof contactFields)[number]): FromFile | null => {
  if (field === 'email') {
    return person.email && { value: person.email.address, since: person.email.since, corrected: false };
  }
  const number = person[field];
  return number && { value: number.e164, since: number.since, corrected: number.corrected };
};

const ofMember = (known: KnownMember | undefined, field: Field): FromFile | null => {
  const contact = known?.contacts.find(({ kind }) => kind === field);
  return contact ? { value: contact.value, since: contact.since, corrected: contact.corrected } : null;
};

const addressOf = (address: (PostalAddress & { since: string | null }) | null): FromFile | null => {
  const value = address && addressText(address);
  return value === null ? null : { value, since: address?.since ?? null, corrected: false };
};

/** Everything but the contacts: what the file says, else what we knew, else what is usual. */
const identityOf = (input: PlanInput): Omit<PersonToSave, 'contacts' | 'address'> => {
  const { person, known, said } = input;
  const from = <T>(column: MemberColumn, ofFile: T, ofMember: T | undefined): T =>
    said.has(column) || ofMember === undefined ? ofFile : ofMember;
  return {
    organisationId: input.organisationId,
    memberNumber: person.memberNumber,
    rank: person.rank,
    kind: from('quality', person.quality, known?.kind),
    nir:
      said.has('nir') || !known
        ? person.nir && { body: person.nir.body, key: person.nir.key }
        : input.nirOf(known),
    civility: from('civility', person.civility, known?.civility as typeof person.civility),
    birthName: from('birthName', person.birthName, known?.birthName),
    usualName:
      said.has('usualName') || !known ? (person.usualName ?? person.birthName ?? '') : known.usualName,
    firstName: person.firstName,
    birthDate: person.birthDate,
    spaceType: from('spaceType', person.spaceType, known?.spaceType ?? undefined),
    companyCode: from('clientCompany', person.clientCompany, known?.companyCode),
    contractEndOn: from('contractEnd', person.contractEnd, known?.contractEndOn),
    deceasedOn: from('deathDate', person.deathDate, known?.deceasedOn),
    representative: from(
      'representativeName',
      person.representative && {
        name: person.representative.name,
        from: person.representative.mandateFrom,
        until: person.representative.mandateUntil,
      },
      known?.representative,
    ),
    isProtected: from('isProtected', person.isProtected, known?.isProtected),
    wantsLargePrint: from('largePrint', person.wantsLargePrint, known?.wantsLargePrint),
    language: from('language', person.language ?? 'fr', known?.language),
    lineDigest: input.lineDigest,
    importId: input.importId,
  };
};

const isClosed = (one: { contractEndOn: string | null; deceasedOn: string | null }, today: string): boolean =>
  one.deceasedOn !== null || (one.contractEndOn !== null && one.contractEndOn < today);

const isOverdue = (corrections: Correction[], field: Field, now: Date): boolean =>
  corrections.some(
    (one) => one.field === field && now.getTime() - Date.parse(one.correctedAt) >= correctionDays * dayMs,
  );

type Comparable = Omit<
  PersonToSave,
  'organisationId' | 'memberNumber' | 'rank' | 'nir' | 'lineDigest' | 'importId'
>;

/** One text for what a member's row says, to compare before and after. */
const comparable = (one: Comparable, nirIndex: string | null): string => {
  const { address, representative } = one;
  return JSON.stringify([
    [one.kind, nirIndex, one.civility, one.birthName, one.usualName, one.firstName, one.birthDate],
    contactFields.map((field) => {
      const contact = one.contacts.find(({ kind }) => kind === field);
      return contact ? [contact.value, contact.since, contact.corrected] : null;
    }),
    address && [address.lines, address.postcode, address.town, address.country, address.since],
    [one.spaceType, one.companyCode, one.contractEndOn, one.deceasedOn],
    representative && [representative.name, representative.from, representative.until],
    [one.isProtected, one.wantsLargePrint, one.language],
  ]);
};
