import { useTranslate } from 'react-admin';
import type { Destruction } from '../../../server/letters/destructions.schema.ts';

/** What must be destroyed, in words: its sheets, then the letter that came back. */
export const usePaper = (): ((one: Destruction) => string[]) => {
  const translate = useTranslate();
  return ({ lotNumber, attempt, fromSheet, toSheet, sheets, reference }) => [
    ...(lotNumber === null
      ? []
      : [
          translate('destructions.sheets', {
            smart_count: sheets,
            lot: lotNumber,
            attempt,
            from: fromSheet,
            to: toSheet,
          }),
        ]),
    ...(reference === null ? [] : [translate('destructions.letter', { reference })]),
  ];
};
