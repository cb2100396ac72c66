/** Few colours, each with one meaning; every pair of ink and ground below has a contrast of at least 4.5:1. */
export type Tone = 'open' | 'locked' | 'waiting' | 'fresh' | 'disabled' | 'danger';

type Pair = { ink: string; soft: string };

export type Palette = {
  ground: string;
  paper: string;
  raised: string;
  line: string;
  ink: string;
  inkSoft: string;
  bar: string;
  barInk: string;
  barSoft: string;
  accent: string;
  onAccent: string;
  focus: string;
  /** Of the training space, and of nothing else. */
  training: string;
  trainingInk: string;
  tones: Record<Tone, Pair>;
};

export const light: Palette = {
  ground: '#eef1ee',
  paper: '#ffffff',
  raised: '#f6f8f6',
  line: '#cfd8d4',
  ink: '#14262c',
  inkSoft: '#4a5b61',
  bar: '#12343d',
  barInk: '#f0f6f5',
  barSoft: '#b5cbce',
  accent: '#0a5c6b',
  onAccent: '#ffffff',
  focus: '#c05a00',
  training: '#5b2a86',
  trainingInk: '#5b2a86',
  tones: {
    open: { ink: '#14602f', soft: '#e0f2e5' },
    locked: { ink: '#8a3f00', soft: '#fdebd5' },
    waiting: { ink: '#1b4b96', soft: '#e3edfb' },
    fresh: { ink: '#0a5c6b', soft: '#dcf0f2' },
    disabled: { ink: '#444c52', soft: '#e4e7e8' },
    danger: { ink: '#9c1029', soft: '#fbe3e7' },
  },
};

export const dark: Palette = {
  ground: '#0f171a',
  paper: '#172226',
  raised: '#1d2a2f',
  line: '#34464c',
  ink: '#e6eeec',
  inkSoft: '#a8b8b9',
  bar: '#0a1214',
  barInk: '#e6eeec',
  barSoft: '#9db3b6',
  accent: '#63c6d4',
  onAccent: '#06242a',
  focus: '#ffb45e',
  training: '#4a2070',
  trainingInk: '#cda9f0',
  tones: {
    open: { ink: '#84dba5', soft: '#123a22' },
    locked: { ink: '#ffbd80', soft: '#43290d' },
    waiting: { ink: '#a6c6ff', soft: '#17305a' },
    fresh: { ink: '#84d3dd', soft: '#103940' },
    disabled: { ink: '#bcc5c9', soft: '#2b353a' },
    danger: { ink: '#ffa3b0', soft: '#4c141f' },
  },
};

/** As CSS variables, so that a component names a meaning (`var(--locked-ink)`), never a colour. */
export const cssVariables = (palette: Palette): Record<string, string> => {
  const { tones, ...plain } = palette;
  const pairs = Object.entries(tones).flatMap(([tone, { ink, soft }]) => [
    [`--${tone}-ink`, ink],
    [`--${tone}-soft`, soft],
  ]);
  return Object.fromEntries([
    ...Object.entries(plain).map(([name, value]) => [`--${kebab(name)}`, value]),
    ...pairs,
  ]);
};

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
