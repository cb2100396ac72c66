import type { Day } from '../core/calendar.ts';
import { displayNir } from '../members/nir.ts';
import type { ImportedNumber } from './cells.ts';
import { companyColumns, memberColumns, proofColumns, type MemberColumn } from './columns.ts';
import type { ImportedProof } from './proof-row.ts';
import type { ImportedCompany, ImportedPerson } from './row.ts';

/** Writes people as a members' file: UTF-8, `;`, French headers, CRLF. Reads back as it was. */
export const writeMemberFile = function* (people: Iterable<ImportedPerson>): Generator<string> {
  yield writeLine(columns.map((column) => memberColumns[column][0]));
  for (const person of people) yield writeLine(columns.map((column) => cellOf[column](person)));
};

/** Writes the second file: client companies and the end of their rights. */
export const writeCompanyFile = function* (companies: Iterable<ImportedCompany>): Generator<string> {
  yield writeLine([companyColumns.code[0], companyColumns.name[0], companyColumns.rightsEnd[0]]);
  for (const { code, name, rightsEnd } of companies) yield writeLine([code, name, day(rightsEnd)]);
};

/** Writes the third file: what members can prove. */
export const writeProofFile = function* (proofs: Iterable<ImportedProof>): Generator<string> {
  yield writeLine(Object.values(proofColumns).map(([header]) => header));
  for (const { memberNumber, rank, fact, value, happenedOn } of proofs) {
    yield writeLine([memberNumber, rank, fact, value, day(happenedOn)]);
  }
};

const writeLine = (cells: string[]): string =>
  `${cells.map((cell) => (/[";\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';')}\r\n`;

const day = (value: Day | null | undefined): string =>
  value ? `${value.slice(8)}/${value.slice(5, 7)}/${value.slice(0, 4)}` : '';

const yes = (value: boolean): string => (value ? 'oui' : '');

const phone = (number: ImportedNumber | null): string => {
  if (!number) return '';
  const [, national] = /^\+(?:33|590|262|594|596|508)(\d{9})$/.exec(number.e164) ?? [];
  if (national === undefined) return number.e164;
  return number.corrected ? `+33${national}` : `0${national}`.replace(/\d{2}(?=\d)/g, '$& ');
};

const countryNames = new Intl.DisplayNames(['fr'], { type: 'region' });
const country = (code: string): string => countryNames.of(code) ?? code;

const cellOf: Record<MemberColumn, (person: ImportedPerson) => string> = {
  memberNumber: ({ memberNumber }) => memberNumber,
  rank: ({ rank }) => rank,
  quality: ({ quality }) => (quality === 'holder' ? 'titulaire' : 'ayant droit'),
  nir: ({ nir }) => (nir ? displayNir(nir.body, nir.key) : ''),
  civility: ({ civility }) => civility ?? '',
  birthName: ({ birthName }) => birthName ?? '',
  usualName: ({ usualName }) => usualName ?? '',
  firstName: ({ firstName }) => firstName,
  birthDate: ({ birthDate }) => day(birthDate),
  email: ({ email }) => email?.address ?? '',
  emailSince: ({ email }) => day(email?.since),
  mobile: ({ mobile }) => phone(mobile),
  mobileSince: ({ mobile }) => day(mobile?.since),
  landline: ({ landline }) => phone(landline),
  landlineSince: ({ landline }) => day(landline?.since),
  fax: ({ fax }) => phone(fax),
  faxSince: ({ fax }) => day(fax?.since),
  addressLine1: ({ address }) => address?.lines[0] ?? '',
  addressLine2: ({ address }) => address?.lines[1] ?? '',
  addressLine3: ({ address }) => address?.lines[2] ?? '',
  addressLine4: ({ address }) => address?.lines[3] ?? '',
  addressSince: ({ address }) => day(address?.since),
  postcode: ({ address }) => address?.postcode ?? '',
  town: ({ address }) => address?.town ?? '',
  country: ({ address }) => (address ? country(address.country) : ''),
  spaceType: ({ spaceType }) => spaceType,
  clientCompany: ({ clientCompany }) => clientCompany ?? '',
  contractEnd: ({ contractEnd }) => day(contractEnd),
  deathDate: ({ deathDate }) => day(deathDate),
  representativeName: ({ representative }) => representative?.name ?? '',
  mandateFrom: ({ representative }) => day(representative?.mandateFrom),
  mandateUntil: ({ representative }) => day(representative?.mandateUntil),
  isProtected: ({ isProtected }) => yes(isProtected),
  largePrint: ({ wantsLargePrint }) => yes(wantsLargePrint),
  language: ({ language }) => language ?? '',
  firstPasswordCode: ({ firstPasswordCode }) => firstPasswordCode?.expose() ?? '',
};

const columns = Object.keys(memberColumns) as MemberColumn[];
