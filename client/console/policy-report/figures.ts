type Figure = { under: boolean; value: number };

/** Beyond this a chance is said as « moins de 1 sur … »: more digits would claim what nobody knows. */
export const rarestTold = 1_000_000_000;
const smallestTold = 0.01;

/** A yearly chance as one in so many, to two significant digits; undefined when there is none. */
export const oneIn = (chance: number): Figure | undefined => {
  if (!(chance > 0)) return undefined;
  const many = 1 / Math.min(chance, 1);
  return many > rarestTold ? { under: true, value: rarestTold } : { under: false, value: twoDigits(many) };
};

/** An expected number of accounts, to two significant digits below a hundred and whole above. */
export const expected = (count: number): Figure => {
  if (count > 0 && count < smallestTold) return { under: true, value: smallestTold };
  return { under: false, value: count >= 100 ? Math.round(count) : twoDigits(count) };
};

const twoDigits = (value: number): number => Number(value.toPrecision(2));
