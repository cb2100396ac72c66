import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslate } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import type { Consultations } from '../../../server/supervision/consultations.schema.ts';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { getJson } from '../request.ts';
import { formatMoment } from '../shared/dates.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Page, Panel } from '../shared/Page.tsx';
import { useMay } from '../shared/useMe.ts';
import { LetterButton } from './LetterButton.tsx';
import { storyPath } from './paths.ts';
import { WhoseFile } from './WhoseFile.tsx';

/** Who consulted a member's file, as the member may be told: dates and purposes, without the agents. */
export const ConsultationsScreen = () => {
  const { id = '' } = useParams();
  return useMay('consultations.view') ? <List id={id} /> : <NoSuchPage />;
};

const List = ({ id }: { id: string }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const { data, error } = useQuery({
    queryKey: ['consultations', id, locale],
    queryFn: ({ signal }) =>
      getJson<Consultations>(`/members/${encodeURIComponent(id)}/consultations`, { signal }),
    // Each reading is recorded.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });
  return (
    <Page title={translate('audit.consultations.title')}>
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        <Box sx={{ maxWidth: 860 }}>{translate('audit.consultations.what')}</Box>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
          <LetterButton memberId={id} />
          <Link to={storyPath(id)}>{translate('audit.story.whole')}</Link>
        </Box>
        <ErrorText error={error} />
        {!data && !error && <Box role="status">{translate('audit.consultations.loading')}</Box>}
        {data && (
          <Panel title={data.organisationName} aside={<WhoseFile who={data.who} />}>
            <Lines data={data} />
          </Panel>
        )}
      </Box>
    </Page>
  );
};

const Lines = ({ data: { consultations, cut } }: { data: Consultations }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  if (consultations.length === 0) return <Box>{translate('audit.consultations.none')}</Box>;
  const columns = ['when', 'service', 'channel', 'purposes'];
  return (
    <>
      <Table size="small" aria-label={translate('audit.consultations.title')}>
        <TableHead>
          <TableRow>
            {columns.map((name) => (
              <TableCell key={name}>{translate(`audit.consultations.columns.${name}`)}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {consultations.map(({ at, service, channel, purposes }, row) => (
            <TableRow key={`${at}-${row}`} sx={{ verticalAlign: 'top' }}>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>{formatMoment(at, locale, translate)}</TableCell>
              <TableCell>{service}</TableCell>
              <TableCell>{channel ?? '—'}</TableCell>
              <TableCell>
                {purposes.map((purpose) => (
                  <Box key={purpose}>{purpose}</Box>
                ))}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {cut && <Box sx={{ mt: 1 }}>{translate('audit.consultations.cut')}</Box>}
    </>
  );
};
