import type { House } from '../../server/core/ctx.ts';
import { housekeep } from '../../server/core/perform.ts';
import { saveMembers, type PersonToSave } from '../../server/members/saving.service.ts';

let made = 0;

/** An invented holder of one organisation; a test names only what matters to it. */
export const person = (more: Partial<PersonToSave> = {}): PersonToSave => {
  made += 1;
  const memberNumber = more.memberNumber ?? `T${String(made).padStart(6, '0')}`;
  return {
    organisationId: 'mutuelle-agents-publics',
    memberNumber,
    rank: '',
    kind: 'holder',
    nir: null,
    civility: 'Mme',
    birthName: null,
    usualName: 'Tilleul',
    firstName: 'Jeanne',
    birthDate: '1961-03-04',
    contacts: [],
    ...at('35000', 'Rennes'),
    spaceType: null,
    companyCode: null,
    contractEndOn: null,
    deceasedOn: null,
    representative: null,
    isProtected: false,
    wantsLargePrint: false,
    language: 'fr',
    lineDigest: memberNumber,
    importId: null,
    ...more,
  };
};

export const at = (postcode: string, town: string): Pick<PersonToSave, 'address'> => ({
  address: { lines: ['3 rue des Tilleuls'], postcode, town, country: 'FR', since: '2020-01-01' },
});

export const contact = (
  kind: PersonToSave['contacts'][number]['kind'],
  value: string,
  since = '2020-01-01',
): PersonToSave['contacts'][number] => ({ kind, value, since, corrected: false });

/** Writes people without accounts; their ids in the order given. */
export const save = async (house: House, people: PersonToSave[]): Promise<string[]> => {
  const saved = await housekeep(house, (db, now) =>
    saveMembers({ db, now, newId: house.random.id, house }, people),
  );
  return saved.map(({ id }) => id);
};
