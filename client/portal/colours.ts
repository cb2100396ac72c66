import type { PortalDescription } from '../../server/portal/portal.schema.ts';

const light = '#ffffff';
const dark = '#1c2127';

/**
 * Lays the organisation's colours over the pages: as they are for bands and buttons; for text and lines a shade of
 * them that reads on the light and on the dark ground (WCAG 1.4.3: at least 4.5 to 1). CSP allows the CSSOM.
 */
export const applyColours = ({ main, onMain, accent }: PortalDescription['colours']): void => {
  const { style } = document.documentElement;
  style.setProperty('--main', readable(main, onMain));
  style.setProperty('--on-main', onMain);
  style.setProperty('--accent', accent);
  style.setProperty('--link-light', readable(main, light));
  style.setProperty('--link-dark', readable(main, dark));
};

/** The colour, mixed with black or white just as far as it needs to be read beside `other`. */
const readable = (colour: string, other: string): string => {
  const towards = luminance(other) > 0.18 ? 0 : 255;
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = channelsOf(colour).map((value) => Math.round(value + (towards - value) * share));
    const hex = `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
    // A little more than 4.5, because tinted grounds are a little less light than white.
    if (contrast(hex, other) >= 5.4) return hex;
  }
  return towards === 0 ? '#000000' : '#ffffff';
};

const contrast = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = channelsOf(colour).map((value) => {
    const part = value / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const channelsOf = (colour: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
