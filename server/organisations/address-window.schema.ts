import { z } from 'zod';

/** Millimetres: outside measures, and how far the window stands from the bottom (FACTS 4.5). */
const envelopes = {
  DL: { width: 220, height: 110, windowFromBottom: 20, folds: [99, 198] },
  'C6/5': { width: 229, height: 114, windowFromBottom: 20, folds: [99, 198] },
  C5: { width: 229, height: 162, windowFromBottom: 60, folds: [148.5] },
};
const windowWidth = 100;
const windowFromRight = 20;
const sheet = { width: 210, height: 297 };

/** Lines of a block without and with a country (NF Z10-011). */
const mostLines = { inFrance: 6, abroad: 7 };

const millimetres = (least: number, most: number) => z.number().min(least).max(most);

/** Where the address stands on the sheet, from its top left, and the envelope that shows it. */
export const AddressWindow = z.strictObject({
  envelope: z.enum(['DL', 'C6/5', 'C5']),
  heightMm: z.literal([35, 45]).describe('35 or 45, the height of the window in millimetres'),
  /** Nothing on the sheet can be read through the paper of the envelope. */
  opaque: z.boolean(),
  leftMm: millimetres(100, 115),
  topMm: millimetres(45, 70),
  /** Seven lines, with the country, begin higher; null: the window has no room for seven. */
  topWithCountryMm: millimetres(45, 65).nullable(),
  widthMm: millimetres(70, 90),
  linePitchMm: millimetres(3.5, 4.5),
});
export type AddressWindow = z.infer<typeof AddressWindow>;

export type Rectangle = { left: number; right: number; top: number; bottom: number };

/**
 * What a window shows of the folded sheet, in millimetres from the sheet's top left: `always`, wherever the sheet
 * slides inside the envelope, and `ever`, at one place or another.
 */
export const shownBy = ({
  envelope,
  heightMm,
}: Pick<AddressWindow, 'envelope' | 'heightMm'>): { always: Rectangle; ever: Rectangle } => {
  const { width, height, windowFromBottom } = envelopes[envelope];
  const slack = { x: width - sheet.width, y: height - foldedHeight(envelope) };
  const right = width - windowFromRight;
  const bottom = height - windowFromBottom;
  const [left, top] = [right - windowWidth, bottom - heightMm];
  return {
    always: { left, right: right - slack.x, top, bottom: bottom - slack.y },
    ever: { left: left - slack.x, right, top: top - slack.y, bottom },
  };
};

/** Where a sheet is folded for an envelope, in millimetres from its top. */
export const foldsFor = (envelope: AddressWindow['envelope']): number[] => envelopes[envelope].folds;

/** Lines that the window of an organisation shows at all times. */
export const mostLinesIn = ({ topWithCountryMm }: Pick<AddressWindow, 'topWithCountryMm'>): number =>
  topWithCountryMm === null ? mostLines.inFrance : mostLines.abroad;

/** From where to where a block of so many lines may begin; null when the window never has room for it. */
export const topsFor = (
  window: Pick<AddressWindow, 'envelope' | 'heightMm' | 'linePitchMm'>,
  lines: number,
): { least: number; most: number } | null => {
  const { top, bottom } = shownBy(window).always;
  const most = Math.round((bottom - lines * window.linePitchMm) * 100) / 100;
  return most < top ? null : { least: top, most };
};

type BrokenWindow = { key: keyof AddressWindow; problem: string; allowed: string };

/** What of a window cannot work, in the words of the refusal of a file. */
export const brokenWindow = (window: AddressWindow): BrokenWindow[] => [
  ...brokenSides(window),
  ...brokenTop(window, 'topMm', window.topMm, mostLines.inFrance),
  ...(window.topWithCountryMm === null
    ? []
    : brokenTop(window, 'topWithCountryMm', window.topWithCountryMm, mostLines.abroad)),
  ...brokenSecrecy(window),
];

const brokenSides = (window: AddressWindow): BrokenWindow[] => {
  const { left, right } = shownBy(window).always;
  const named = `the window of a ${window.envelope}`;
  if (window.leftMm < left)
    return [{ key: 'leftMm', problem: `is hidden by ${named} at times`, allowed: `from ${left}` }];
  if (window.leftMm + window.widthMm <= right) return [];
  const allowed = `at most ${right - window.leftMm} with this leftMm`;
  return [{ key: 'widthMm', problem: `is hidden by ${named} at times`, allowed }];
};

const brokenTop = (
  window: AddressWindow,
  key: 'topMm' | 'topWithCountryMm',
  value: number,
  lines: number,
): BrokenWindow[] => {
  const tops = topsFor(window, lines);
  const named = `a ${window.envelope} with a window of ${window.heightMm} mm`;
  if (tops === null) {
    const allowed = key === 'topMm' ? 'another envelope, window or linePitchMm' : 'null, or another window';
    return [{ key, problem: `${named} never shows ${lines} lines of this linePitchMm`, allowed }];
  }
  if (value >= tops.least && value <= tops.most) return [];
  const allowed = `from ${tops.least} to ${tops.most}`;
  return [{ key, problem: `${named} does not always show ${lines} lines from ${value}`, allowed }];
};

// Folded in two, the lower half's face lies against the back of the envelope: nothing hides the password.
const brokenSecrecy = ({ envelope, opaque }: AddressWindow): BrokenWindow[] =>
  envelope !== 'C5' || opaque
    ? []
    : [
        {
          key: 'opaque',
          problem: 'folded for a C5, the password lies against the back of the envelope',
          allowed: 'true with a C5; or DL or C6/5',
        },
      ];

const foldedHeight = (envelope: AddressWindow['envelope']): number =>
  sheet.height / (foldsFor(envelope).length + 1);
