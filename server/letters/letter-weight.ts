/** What one letter weighs in grams: an A4 sheet of 80 g/m² and a DL window envelope. */
const sheetGrams = 0.21 * 0.297 * 80;
const envelopeGrams = 5;
export const letterGrams = Math.round(sheetGrams + envelopeGrams);

/** Upper ends of La Poste's weight bands for letters, in grams (tariff of 2026). */
const bands = [20, 100, 250, 500, 1_000, 2_000];

/** The band that a letter of so many grams pays for; its lower end is excluded, but for 0. */
export const weightBand = (grams: number): { from: number; to: number } => {
  const to = bands.find((end) => grams <= end);
  if (to === undefined) throw new RangeError('La Poste takes letters of at most 2 kg.');
  return { from: bands[bands.indexOf(to) - 1] ?? 0, to };
};
