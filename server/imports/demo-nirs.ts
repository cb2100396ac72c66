import type { Day } from '../core/calendar.ts';
import { nirKey } from '../members/nir.ts';
import type { ImportedNir } from './cells.ts';

export type Birth = {
  isWoman: boolean;
  birthDate: Day;
  /** A département, `971` to `976`, or `99` abroad. */ place: string;
};

/**
 * Makes NIRs that no real person bears, each once: the commune is 999, 99 overseas, 899 abroad, codes that are not
 * attributed (FACTS 1.6). Room for 999 births per sex, month and place.
 */
export const nirMaker = (): ((birth: Birth) => ImportedNir) => {
  const used = new Uint16Array(2 * 100 * 12 * places.length);
  return ({ isWoman, birthDate, place }) => {
    const year = birthDate.slice(2, 4);
    const month = birthDate.slice(5, 7);
    const births = ((isWoman ? 100 : 0) + Number(year)) * 12 + Number(month) - 1;
    let index = placeIndex.get(registeredAt(place, birthDate)) ?? 0;
    while ((used[births * places.length + index] ?? 0) >= 999) index = (index + 1) % places.length;

    const cell = births * places.length + index;
    const count = used[cell] ?? 0;
    used[cell] = count + 1;
    // 454 and 999 have no common divisor, so 999 steps meet every order once.
    const order = String(((cell * 7 + count * 454) % 999) + 1).padStart(3, '0');
    const body = `${isWoman ? 2 : 1}${year}${month}${places[index] ?? ''}${order}`;
    return { kind: 'nir', body, key: nirKey(body) };
  };
};

const departments = Array.from({ length: 95 }, (_, index) => String(index + 1).padStart(2, '0'));

/** Place of birth → the five characters it stands for in the number. */
const codes = new Map([
  ...[...departments, '2A', '2B'].map((department) => [department, `${department}999`] as const),
  ...['971', '972', '973', '974', '975', '976'].map((territory) => [territory, `${territory}99`] as const),
  ['99', '99899'],
]);
const places = [...codes.values()];
const placeIndex = new Map([...codes.keys()].map((place, index) => [place, index]));

/** Corsica was département 20 until 1975. */
const registeredAt = (place: string, birthDate: Day): string =>
  (place === '2A' || place === '2B') && birthDate < '1976' ? '20' : place;
