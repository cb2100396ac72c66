import type { Db, House } from '../core/ctx.ts';
import type { Keys } from '../core/crypto.ts';
import { fold } from '../core/text.ts';
import type { PersonToSave } from './members.schema.ts';
import { gapsOf, nameRowsOf, sortNameOf, wordsOf } from './names.ts';
import * as store from './saving.store.ts';
import type { ContactRow, GapRow, MemberRow, NameRow } from './saving.store.ts';
import { nirIndex, sealNir } from './sealed-nir.ts';

export type { PersonToSave } from './members.schema.ts';

type Saving = { db: Db; now: Date; newId: () => string; house: Pick<House, 'keys'> };
export type SavedPerson = { id: string; isNew: boolean };

/**
 * Writes people with their contacts, names and sealed NIR, new or known (by organisation, member number and rank),
 * many to a statement. Call it inside a transaction; a few hundred people at a time keep that one short. Of two
 * lines for one person in the same call the caller keeps one.
 *
 * @returns each person's id, in the order given.
 */
export const saveMembers = async (ctx: Saving, persons: PersonToSave[]): Promise<SavedPerson[]> => {
  const known = await knownIds(ctx.db, persons);
  const saved = persons.map((person): SavedPerson => {
    const id = known.get(keyOf(person));
    return { id: id ?? ctx.newId(), isNew: id === undefined };
  });
  const all = persons.map((person, at) => ({ person, ...(saved[at] as SavedPerson) }));
  const rows = all.map(({ person, id, isNew }) => ({ isNew, row: memberRow(ctx, id, person) }));

  await store.insertMembers(
    ctx.db,
    rows.filter(({ isNew }) => isNew).map(({ row }) => row),
  );
  await store.updateMembers(
    ctx.db,
    rows.filter(({ isNew }) => !isNew).map(({ row }) => row),
  );
  await store.deleteContactsAndNames(
    ctx.db,
    saved.filter(({ isNew }) => !isNew).map(({ id }) => id),
  );
  await store.insertContacts(
    ctx.db,
    all.flatMap(({ person, id }) => contactRows(id, person)),
  );
  await store.insertNames(
    ctx.db,
    all.flatMap(({ person, id }) => nameRows(id, person)),
  );
  await saveWords(ctx.db, persons);
  return saved;
};

/** One person; see `saveMembers`. */
export const saveMember = async (ctx: Saving, person: PersonToSave): Promise<SavedPerson> => {
  const [saved] = await saveMembers(ctx, [person]);
  return saved as SavedPerson;
};

const keyOf = (person: Pick<PersonToSave, 'organisationId' | 'memberNumber' | 'rank'>): string =>
  [person.organisationId, person.memberNumber, person.rank].join('\u0000');

const knownIds = async (db: Db, persons: PersonToSave[]): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  for (const organisationId of new Set(persons.map((person) => person.organisationId))) {
    const numbers = persons
      .filter((one) => one.organisationId === organisationId)
      .map((one) => one.memberNumber);
    for (const row of await store.listIds(db, organisationId, [...new Set(numbers)])) {
      found.set(keyOf({ organisationId, memberNumber: row.member_number, rank: row.rank }), row.id);
    }
  }
  return found;
};

const memberRow = (ctx: Saving, id: string, person: PersonToSave): MemberRow => {
  const { keys } = ctx.house;
  const { address, representative } = person;
  const now = ctx.now.toISOString();
  return {
    id,
    organisation_id: person.organisationId,
    member_number: person.memberNumber,
    rank: person.rank,
    kind: person.kind,
    household: person.memberNumber,
    ...nirColumns(keys, id, person),
    civility: person.civility,
    birth_name: person.birthName,
    usual_name: person.usualName,
    first_name: person.firstName,
    birth_date: person.birthDate,
    address_lines: JSON.stringify(address?.lines ?? []),
    postcode: address?.postcode || null,
    town: address?.town || null,
    country: address?.country || 'FR',
    address_since: address?.since ?? now.slice(0, 10),
    address_doubtful_at: null,
    space_type: person.spaceType,
    company_code: person.companyCode,
    contract_end_on: person.contractEndOn,
    deceased_on: person.deceasedOn,
    representative: representative?.name ?? null,
    mandate_from: representative?.from ?? null,
    mandate_until: representative?.until ?? null,
    protected: person.isProtected ? 1 : 0,
    large_print: person.wantsLargePrint ? 1 : 0,
    language: person.language,
    sort_name: sortNameOf(person),
    town_folded: foldedTown(person),
    line_digest: person.lineDigest,
    seen_import_id: person.importId,
    created_at: now,
    version: 1,
  };
};

const nirColumns = (keys: Keys, id: string, { nir, organisationId }: PersonToSave) => ({
  nir_sealed: nir && sealNir(keys, id, nir),
  nir_index: nir && nirIndex(keys, organisationId, nir.body),
});

const contactRows = (id: string, person: PersonToSave): ContactRow[] =>
  person.contacts.map(({ kind, value, since, corrected }) => ({
    member_id: id,
    organisation_id: person.organisationId,
    kind,
    value,
    since,
    corrected: corrected ? 1 : 0,
  }));

const nameRows = (id: string, person: PersonToSave): NameRow[] =>
  nameRowsOf(person).map(({ last, first }) => ({
    member_id: id,
    organisation_id: person.organisationId,
    last_name: last,
    first_name: first,
    birth_date: person.birthDate,
    postcode: person.address?.postcode || null,
    town: foldedTown(person),
  }));

const foldedTown = ({ address }: PersonToSave): string | null => (address?.town ? fold(address.town) : null);

const saveWords = async (db: Db, persons: PersonToSave[]): Promise<void> => {
  const words = persons.flatMap((person) =>
    wordsOf(person).map((word) => `${person.organisationId} ${word}`),
  );
  // In one order everywhere, so that two imports never wait for each other in a circle.
  const rows = [...new Set(words)].sort().map((both) => {
    const [organisation_id = '', word = ''] = both.split(' ');
    return { organisation_id, word };
  });
  const added = await store.insertWords(db, rows);
  const gaps = added.flatMap(({ organisation_id, word }): GapRow[] =>
    gapsOf(word).map((gap) => ({ organisation_id, gap, word })),
  );
  await store.insertGaps(db, gaps);
};
