import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { ReviewSignals } from '../../../server/supervision/reviews.schema.ts';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Page, Panel } from '../shared/Page.tsx';
import { useMay } from '../shared/useMe.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { useSignals } from './useSignals.ts';

type Signal = ReviewSignals['signals'][number];

/** What each threshold costs: how often its signal fired, and would have at half and at twice of it. */
export const SignalsScreen = () => (useMay('review.list') ? <ReadSignals /> : <NoSuchPage />);

const ReadSignals = () => {
  const translate = useTranslate();
  const { data, error } = useSignals();
  return (
    <Page title={translate('reviews.rates.title')}>
      <ErrorText error={error} />
      {data && (
        <Panel title={translate('reviews.rates.of', { days: data.overDays })}>
          <Box sx={{ mb: 1, maxWidth: 860, color: 'var(--ink-soft)' }}>
            {translate('reviews.rates.lead', {
              acts: data.acts,
              smart_count: data.daysWithActs,
              oneIn: data.sampleOneIn,
              gather: data.gatherFrom,
            })}
          </Box>
          <Other data={data} />
          <Table size="small" aria-label={translate('reviews.rates.title')}>
            <TableHead>
              <TableRow>
                {columns.map(({ name, isNumber }) => (
                  <TableCell key={name} align={isNumber ? 'right' : 'left'}>
                    {translate(`reviews.rates.${name}`)}
                  </TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {data.signals.map((signal) => (
                <SignalRow key={signal.signal} signal={signal} />
              ))}
            </TableBody>
          </Table>
        </Panel>
      )}
    </Page>
  );
};

/** The two thresholds of the file that are no signal. */
const Other = ({ data: { today, farFromDesk } }: { data: ReviewSignals }) => {
  const translate = useTranslate();
  return (
    <Box component="ul" sx={{ m: 0, mb: 1.5, pl: 2.5, maxWidth: 860 }}>
      <li>
        {today.why} <b>{translate('reviews.rates.today', today)}</b>
      </li>
      <li>
        {farFromDesk.why} <b>{translate('reviews.rates.farFromDesk', farFromDesk)}</b>
      </li>
    </Box>
  );
};

const columns = [
  { name: 'signal', isNumber: false },
  { name: 'weight', isNumber: true },
  { name: 'from', isNumber: true },
  { name: 'perDay', isNumber: true },
  { name: 'perThousandActs', isNumber: true },
  { name: 'otherwise', isNumber: false },
  { name: 'judged', isNumber: true },
] as const;

const SignalRow = ({ signal: one }: { signal: Signal }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const { rate, otherwise, decided, notOrdinary } = one;
  return (
    <TableRow sx={{ '& td': { verticalAlign: 'top' } }}>
      <TableCell>
        <b>{translate(`reviews.signals.${one.signal}`)}</b>
        <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
          {one.why}
          {one.structuralFrom && ` ${translate('reviews.rates.structural', { agents: one.structuralFrom })}`}
        </Box>
      </TableCell>
      <TableCell align="right">{one.weight}</TableCell>
      <TableCell align="right">{rate.from}</TableCell>
      <TableCell align="right">{format(rate.perDay)}</TableCell>
      <TableCell align="right">
        {rate.perThousandActs === null ? '—' : format(rate.perThousandActs)}
      </TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>
        {otherwise.map(({ from, perDay }) => (
          <Box key={from}>{translate('reviews.rates.at', { from, perDay: format(perDay) })}</Box>
        ))}
      </TableCell>
      <TableCell align="right">
        {decided === 0 ? '—' : translate('reviews.rates.notOrdinary', { notOrdinary, decided })}
      </TableCell>
    </TableRow>
  );
};
