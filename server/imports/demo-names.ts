import type { Day } from '../core/calendar.ts';
import type { DemoLists } from './demo-lists.ts';
import type { Dice } from './demo-random.ts';

/** Who somebody is, before any number or contact. */
export type Identity = { isWoman: boolean; birthDate: Day; birthName: string; firstName: string };

/** Two surnames in three are of the list, the others rare ones made of a root and an ending, or compounds. */
export const inventSurname = (dice: Dice, { surnames, names }: DemoLists): string => {
  const kind = dice.next();
  if (kind < 0.72) return dice.pickSkewed(surnames);
  if (kind < 0.96) return dice.pickSkewed(names.roots) + dice.pickSkewed(names.endings);
  const first = dice.pickSkewed(surnames);
  return `${first}${kind < 0.99 ? '-' : ' '}${dice.pickSkewed(surnames)}`;
};

/** A first name of about the years in which its bearer was born. */
export const inventFirstName = (
  dice: Dice,
  { names }: DemoLists,
  isWoman: boolean,
  birthDate: Day,
): string => {
  const year = Number(birthDate.slice(0, 4)) + dice.below(9) - 4;
  const decade = Math.min(2020, Math.max(1930, year - (year % 10)));
  return dice.pickSkewed((isWoman ? names.women : names.men)[decade] ?? ['Camille']);
};

/** A day of the year in which somebody of that age was born, always past. */
export const inventBirthDate = (dice: Dice, today: Day, age: number): Day => {
  const month = 1 + dice.below(12);
  const day = 1 + dice.below(month === 2 ? 28 : 30);
  return `${Number(today.slice(0, 4)) - age}-${twoDigits(month)}-${twoDigits(day)}`;
};

export const ageOf = (birthDate: Day, today: Day): number =>
  Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));

export const twoDigits = (number: number): string => (number < 10 ? `0${number}` : String(number));
