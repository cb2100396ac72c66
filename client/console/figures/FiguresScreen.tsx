import { Box } from '@mui/material';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import type { Figures } from '../../../server/supervision/figures.schema.ts';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Page, Panel } from '../shared/Page.tsx';
import { toParisField } from '../shared/parisClock.ts';
import { useMay } from '../shared/useMe.ts';
import { FigureFilters } from './FigureFilters.tsx';
import { FigureGroup } from './FigureGroup.tsx';
import { MonthReport } from './MonthReport.tsx';
import { useFigures, type Asked } from './useFigures.ts';
import { WaitingLetters } from './WaitingLetters.tsx';

/** The figures of the desk by day, week or month: a chart and the same numbers as a table, group by group. */
export const FiguresScreen = () => (useMay('figures.view') ? <Desk /> : <NoSuchPage />);

const Desk = () => {
  const translate = useTranslate();
  const [asked, setAsked] = useState<Asked>(lastThirtyDays);
  const { data, error } = useFigures(asked);
  return (
    <Page title={translate('figures.title')}>
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        <Box sx={{ maxWidth: 860 }}>
          {translate('figures.intro')} {data && <CountedUntil at={data.countedUntil} />}
        </Box>
        <FigureFilters asked={asked} sites={data?.sites ?? []} onChange={setAsked} />
        <ErrorText error={error} />
        {!data && !error && <Box role="status">{translate('figures.loading')}</Box>}
        {data && <Groups figures={data} />}
        <MonthReport organisation={asked.organisation} />
      </Box>
    </Page>
  );
};

const Groups = ({ figures }: { figures: Figures }) => {
  const translate = useTranslate();
  return (
    <>
      {figures.groups.map((group) => (
        <FigureGroup key={group.id} group={group} stretches={figures.stretches} />
      ))}
      {figures.waiting && <WaitingLetters waiting={figures.waiting} />}
      <Panel title={translate('figures.costs')}>{figures.costs}</Panel>
    </>
  );
};

const CountedUntil = ({ at }: { at: string | null }) => {
  const translate = useTranslate();
  const locale = useLocale() === 'en' ? 'en-GB' : 'fr-FR';
  if (at === null) return <>{translate('figures.notCounted')}</>;
  const moment = new Date(at).toLocaleString(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  });
  return <>{translate('figures.countedUntil', { moment })}</>;
};

const lastThirtyDays = (): Asked => {
  const day = (at: number) => toParisField(new Date(at)).slice(0, 10);
  const from = day(Date.now() - 29 * 86_400_000);
  return { from, to: day(Date.now()), by: 'day', organisation: '', site: '', team: '' };
};
