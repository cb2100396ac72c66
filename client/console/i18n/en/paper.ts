import type { paper as french } from '../fr/paper.ts';

export const paper: typeof french = {
  title: 'Paper',
  organisation: 'Organisation',
  noLetters: 'None of your organisations sends letters.',
  preview: {
    title: 'Preview of the letter',
    what: 'The organisation’s letter as it leaves the printer, to an invented addressee; its password is blanked.',
    language: 'Language',
    languages: { fr: 'French', en: 'English' },
    largePrint: 'Large print',
    window: 'Show the envelope’s window and the folds',
    button: 'Preview',
  },
  calibration: {
    title: 'Calibration sheet',
    print: 'Print the calibration sheet on the room’s printer, at 100 %, without scaling.',
    measure: 'Measure its scales with a ruler: more than 1 mm off is set in the printer.',
    fold: 'Fold it and slide it into an envelope: the frame of the address must stay inside the window, from edge to edge.',
    button: 'Calibration sheet',
  },
  resource: { name: 'Paper |||| Paper', fields: {} },
};
