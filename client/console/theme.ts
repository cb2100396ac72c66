import type { RaThemeOptions } from 'react-admin';
import bold from '../../templates/fonts/NotoSans-Bold.ttf';
import regular from '../../templates/fonts/NotoSans-Regular.ttf';
import { cssVariables, dark, light, type Palette } from './palette.ts';

// The face of the letters, so that the screen and the paper speak with one voice, and offline too.
const face = [
  { file: regular, weight: 400 },
  { file: bold, weight: 700 },
].map(({ file, weight }) => ({
  '@font-face': {
    fontFamily: 'Guichet',
    src: `url(${file}) format('truetype')`,
    fontWeight: weight,
    fontDisplay: 'fallback',
  },
}));

const focusRing = { outline: '3px solid var(--focus)', outlineOffset: '2px' };

const makeTheme = (mode: 'light' | 'dark', colours: Palette): RaThemeOptions => ({
  palette: {
    mode,
    primary: { main: colours.accent, contrastText: colours.onAccent },
    secondary: { main: colours.accent, contrastText: colours.onAccent },
    error: { main: colours.tones.danger.ink },
    warning: { main: colours.tones.locked.ink },
    info: { main: colours.tones.waiting.ink },
    success: { main: colours.tones.open.ink },
    background: { default: colours.ground, paper: colours.paper },
    text: { primary: colours.ink, secondary: colours.inkSoft, disabled: colours.inkSoft },
    divider: colours.line,
  },
  shape: { borderRadius: 6 },
  sidebar: { width: 92, closedWidth: 92 },
  // One scale: 13 notes, 15 text, 17 what matters, 22 who, 30 the answer.
  typography: {
    fontFamily: "Guichet, 'Segoe UI', 'Noto Sans', sans-serif",
    fontSize: 15,
    fontWeightMedium: 700,
    h1: { fontSize: 22, fontWeight: 700, lineHeight: 1.3 },
    h2: { fontSize: 15, fontWeight: 700, lineHeight: 1.4 },
    h3: { fontSize: 15, fontWeight: 700, lineHeight: 1.4 },
    h4: { fontSize: 30, fontWeight: 700, lineHeight: 1.2 },
    h5: { fontSize: 22, fontWeight: 700 },
    h6: { fontSize: 17, fontWeight: 700 },
    subtitle1: { fontSize: 17, lineHeight: 1.4 },
    body1: { fontSize: 15, lineHeight: 1.45 },
    body2: { fontSize: 15, lineHeight: 1.45 },
    button: { fontSize: 15, fontWeight: 700, textTransform: 'none', lineHeight: 1.4 },
    caption: { fontSize: 13, lineHeight: 1.4 },
    overline: { fontSize: 13, textTransform: 'none', lineHeight: 1.4 },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: [
        ...face,
        {
          ':root': { ...cssVariables(colours), colorScheme: mode },
          body: { backgroundColor: 'var(--ground)', fontVariantNumeric: 'tabular-nums' },
          ':focus-visible': focusRing,
          a: { color: 'var(--accent)' },
          // Paper is white whatever the screen is.
          '@media print': {
            ':root': { ...cssVariables({ ...light, ground: light.paper }), colorScheme: 'light' },
            body: { color: light.ink, backgroundColor: light.paper },
          },
          '@media (prefers-reduced-motion: reduce)': {
            '*, *::before, *::after': {
              animationDuration: '1ms !important',
              transitionDuration: '1ms !important',
            },
          },
        },
      ],
    },
    MuiButtonBase: {
      defaultProps: { disableRipple: true },
      styleOverrides: { root: { '&:focus-visible': focusRing } },
    },
    MuiButton: {
      defaultProps: { disableElevation: true },
      styleOverrides: {
        root: { minHeight: 38, paddingInline: 16, borderRadius: 6 },
        sizeSmall: { minHeight: 30, paddingInline: 10 },
      },
    },
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiCard: { defaultProps: { variant: 'outlined' } },
    MuiDialog: { styleOverrides: { paper: { border: '1px solid var(--line)', borderRadius: 10 } } },
    MuiTooltip: { styleOverrides: { tooltip: { fontSize: 13 } } },
    MuiTextField: { defaultProps: { variant: 'outlined', size: 'small' } },
    MuiFormControl: { defaultProps: { variant: 'outlined', size: 'small', margin: 'dense' } },
    MuiOutlinedInput: {
      styleOverrides: {
        root: { backgroundColor: 'var(--paper)' },
        notchedOutline: { borderColor: 'var(--ink-soft)' },
      },
    },
    MuiTableCell: {
      styleOverrides: {
        root: { fontSize: 15, paddingBlock: 8, color: 'var(--ink)', borderBottomColor: 'var(--line)' },
        head: { fontSize: 13, fontWeight: 700, color: 'var(--ink-soft)', backgroundColor: 'var(--raised)' },
      },
    },
    MuiTablePagination: { styleOverrides: { root: { fontSize: 13 } } },
    MuiAlert: { styleOverrides: { root: { fontSize: 15 } } },
    RaLayout: { styleOverrides: { root: { minWidth: 0 } } },
  } as RaThemeOptions['components'],
});

export const lightTheme = makeTheme('light', light);
export const darkTheme = makeTheme('dark', dark);
