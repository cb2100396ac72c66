import ArrowBack from '@mui/icons-material/ArrowBack';
import { Box, Button, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useRedirect, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import type { Incident } from '../../../server/supervision/incidents.schema.ts';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { getJson } from '../request.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Fact, Facts } from '../shared/Facts.tsx';
import { FileButton } from '../shared/FileButton.tsx';
import { OrganisationName } from '../shared/OrganisationField.tsx';
import { Page, Panel } from '../shared/Page.tsx';
import { Moment } from '../shared/PromiseDate.tsx';
import { useMay } from '../shared/useMe.ts';
import { BulkRequests } from './BulkRequests.tsx';
import { Deadline } from './Deadline.tsx';
import { IncidentActs } from './IncidentActs.tsx';
import { IncidentStateChip } from './IncidentStateChip.tsx';
import { TouchedPanel } from './TouchedPanel.tsx';

/** One incident: the clock, what callers are told, who was touched, and what is done about it. */
export const IncidentScreen = () => (useMay('incident.view') ? <ReadIncident /> : <NoSuchPage />);

const ReadIncident = () => {
  const translate = useTranslate();
  const locale = useLocale();
  const redirect = useRedirect();
  const client = useQueryClient();
  const { id = '' } = useParams();
  const queryKey = ['incidents', 'one', id, locale];
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => getJson<Incident>(`/incidents/${encodeURIComponent(id)}`, { signal }),
  });
  const put = (incident: Incident) => {
    client.setQueryData(queryKey, incident);
    void client.invalidateQueries({ queryKey: ['incident-banner'] });
  };
  return (
    <Page
      title={translate('incidents.one')}
      heading={
        <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, mb: 1.5 }}>
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
            <Typography variant="h1">{data?.title ?? translate('incidents.one')}</Typography>
            {data && <IncidentStateChip incident={data} />}
          </Box>
          <Button size="small" startIcon={<ArrowBack />} onClick={() => redirect('/incidents')}>
            {translate('incidents.back')}
          </Button>
        </Box>
      }
    >
      <ErrorText error={error} />
      {data && (
        <Box sx={{ display: 'grid', gap: 1.5 }}>
          <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', md: '1fr 1fr' } }}>
            <Clock incident={data} />
            <Panel title={translate('incidents.banner.title')}>
              <Box sx={{ mb: 1 }}>{data.bannerText ?? translate('incidents.banner.none')}</Box>
              <IncidentActs incident={data} onChanged={put} />
            </Panel>
          </Box>
          <BulkRequests filter={{ incidentId: id }} />
          <TouchedPanel key={id} incident={data} onChanged={put} />
        </Box>
      )}
    </Page>
  );
};

const Clock = ({ incident }: { incident: Incident }) => {
  const translate = useTranslate();
  const language = useLocale() ?? 'fr';
  const { id, beganAt, knownAt, deadlineAt, notifiedAt, organisationIds } = incident;
  const path = `/incidents/${encodeURIComponent(id)}`;
  return (
    <Panel title={translate('incidents.clock.title')} aside={<Deadline incident={incident} />}>
      <Facts>
        <Fact name={translate('incidents.fields.organisations')}>
          {organisationIds.map((one) => (
            <Box key={one}>
              <OrganisationName id={one} />
            </Box>
          ))}
        </Fact>
        <Fact name={translate('incidents.fields.beganAt')}>
          <Moment at={beganAt} />
        </Fact>
        <Fact name={translate('incidents.fields.knownAt')}>
          <Moment at={knownAt} />
        </Fact>
        <Fact name={translate('incidents.fields.deadlineAt')}>
          <Moment at={deadlineAt} />
        </Fact>
        {notifiedAt && (
          <Fact name={translate('incidents.fields.notifiedAt')}>
            <Moment at={notifiedAt} />
          </Fact>
        )}
      </Facts>
      <Box sx={{ mt: 1.5, display: 'flex', gap: 1 }}>
        <FileButton size="small" path={`${path}/report?language=${language}`}>
          {translate('incidents.report.pdf')}
        </FileButton>
        <FileButton
          size="small"
          path={`${path}/figures?language=${language}`}
          saveAs={`${translate('incidents.report.file')}.csv`}
        >
          {translate('incidents.report.csv')}
        </FileButton>
      </Box>
    </Panel>
  );
};
