import { stringify } from 'csv-stringify/sync';
import type { Day } from '../core/calendar.ts';
import type { PostalAddress } from './address.ts';
import { displayPhone } from './phone.ts';

export type ChangeLine = {
  memberNumber: string;
  rank: string;
  object: string;
  value: string;
  since: Day;
  reason: string;
};
export type ChangeTitles = Record<keyof ChangeLine, string>;

const columns = ['memberNumber', 'rank', 'object', 'value', 'since', 'reason'] as const;

/** The file as management systems and spreadsheets read it: UTF-8 with its mark, semicolons, no cell a formula. */
export const changeFileText = (titles: ChangeTitles, lines: ChangeLine[]): string =>
  stringify(
    lines.map((line) => ({ ...line, since: line.since.split('-').reverse().join('/') })),
    {
      header: true,
      columns: columns.map((key) => ({ key, header: titles[key] })),
      bom: true,
      delimiter: ';',
      record_delimiter: 'windows',
      escape_formulas: true,
    },
  );

/** Ten digits in France, else 00 and the country code: a + at its head would be taken for a formula. */
export const phoneInFile = (e164: string): string =>
  displayPhone(e164).replace(/^\+/, '00').replace(/\D/g, '');

/** One cell for an address: its lines, postcode and town, and the country where it is not France. */
export const addressInFile = ({ lines, postcode, town, country }: PostalAddress): string =>
  [...lines, `${postcode} ${town}`.trim(), country === 'FR' ? '' : country]
    .filter((part) => part !== '')
    .join(' | ');
