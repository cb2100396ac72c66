import CheckCircle from '@mui/icons-material/CheckCircle';
import RadioButtonChecked from '@mui/icons-material/RadioButtonChecked';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import { Box } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import type { Lot, LotState } from '../../../server/letters/lots.schema.ts';
import { formatMoment } from '../shared/dates.ts';
import { useNumbers } from '../shared/useNumbers.ts';

const path: LotState[] = ['made', 'released', 'printing', 'printed', 'counted', 'deposited'];

/** The way of a lot from left to right: what is done, where it stands, what comes. */
export const LotPath = ({ lot }: { lot: Lot }) => {
  const translate = useTranslate();
  const notes = useNotes(lot);
  // At the end of the way nothing is under way any more.
  const here = lot.state === 'deposited' ? path.length : path.indexOf(lot.state);
  return (
    <Box
      component="ol"
      aria-label={translate('lots.path')}
      sx={{
        m: 0,
        p: 0,
        listStyle: 'none',
        display: 'grid',
        gridTemplateColumns: 'repeat(6, 1fr)',
        backgroundColor: 'var(--paper)',
        border: '1px solid var(--line)',
        borderRadius: 1.5,
        overflow: 'hidden',
      }}
    >
      {path.map((state, index) => (
        <Step key={state} state={state} notes={notes[state]} place={Math.sign(index - here) as -1 | 0 | 1} />
      ))}
    </Box>
  );
};

const looks = {
  '-1': { Icon: CheckCircle, colour: 'var(--open-ink)', word: 'lots.step.done' },
  '0': { Icon: RadioButtonChecked, colour: 'var(--accent)', word: 'lots.step.here' },
  '1': { Icon: RadioButtonUnchecked, colour: 'var(--ink-soft)', word: 'lots.step.ahead' },
};

const Step = ({ state, notes, place }: { state: LotState; notes: string[]; place: -1 | 0 | 1 }) => {
  const translate = useTranslate();
  const { Icon, colour, word } = looks[`${place}`];
  const isHere = place === 0;
  return (
    <Box
      component="li"
      aria-current={isHere ? 'step' : undefined}
      sx={{
        px: 1.5,
        py: 1.25,
        minHeight: 84,
        borderRight: '1px solid var(--line)',
        '&:last-child': { borderRight: 0 },
        borderTop: `4px solid ${place === 1 ? 'transparent' : colour}`,
        backgroundColor: isHere ? 'var(--fresh-soft)' : undefined,
        color: place === 1 ? 'var(--ink-soft)' : undefined,
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75, fontWeight: isHere ? 700 : 400 }}>
        <Icon titleAccess={translate(word)} sx={{ fontSize: 20, color: colour }} />
        {translate(`lots.state.${state}`)}
      </Box>
      {place !== 1 &&
        notes.map((note) => (
          <Box key={note} sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
            {note}
          </Box>
        ))}
    </Box>
  );
};

const useNotes = (lot: Lot): Record<LotState, string[]> => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const format = useNumbers();
  const at = (moment: string | null) => (moment ? [formatMoment(moment, locale, translate)] : []);
  const by = (name: string | null) => (name ? [name] : []);
  const say = (key: string, count: number) => translate(key, { smart_count: count, count: format(count) });
  return {
    made: [...at(lot.madeAt), ...by(lot.madeByName)],
    released: [...at(lot.releasedAt), ...by(lot.releasedByName)],
    printing: lot.attempt > 0 ? [translate('lots.attempt', { attempt: lot.attempt })] : [],
    printed: [
      ...at(lot.printedAt),
      say('lots.sheets', lot.printed),
      ...(lot.refused > 0 ? [say('lots.refused', lot.refused)] : []),
    ],
    counted: [
      ...at(lot.countedAt),
      say('lots.good', lot.printed - lot.spoiled),
      ...(lot.spoiled > 0 ? [say('lots.spoiled', lot.spoiled)] : []),
    ],
    deposited: at(lot.depositedAt),
  };
};
