import ArrowBack from '@mui/icons-material/ArrowBack';
import Print from '@mui/icons-material/PrintOutlined';
import { Box, Button, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useRedirect, useTranslate } from 'react-admin';
import type { PolicyReport } from '../../../server/supervision/policy-report.schema.ts';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { getJson } from '../request.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Page, Panel } from '../shared/Page.tsx';
import { useMay } from '../shared/useMe.ts';
import { OddsTable } from './OddsTable.tsx';
import { Overview, partOf } from './Overview.tsx';
import { PromiseBox } from './PromiseBox.tsx';
import { WeakPoints } from './WeakPoints.tsx';

/** What is weak in each organisation's procedure, how much that costs in a year, and what would change it. */
export const PolicyReportScreen = () => (useMay('policy-report.view') ? <ReadReport /> : <NoSuchPage />);

const ReadReport = () => {
  const translate = useTranslate();
  const locale = useLocale();
  const { data, error } = useQuery({
    queryKey: ['policy-report', locale],
    queryFn: ({ signal }) => getJson<PolicyReport[]>('/policy-report', { signal }),
  });
  return (
    <Page title={translate('policyReport.title')} heading={<Heading />}>
      <ErrorText error={error} />
      {!data && !error && <Box role="status">{translate('policyReport.loading')}</Box>}
      {data && (
        <Box sx={{ display: 'grid', gap: 1.5 }}>
          <Box sx={{ maxWidth: 860 }}>{translate('policyReport.intro')}</Box>
          <Panel title={translate('policyReport.overview')}>
            <Overview reports={data} />
          </Panel>
          {data.map((report) => (
            <OrganisationPart key={report.organisationId} report={report} />
          ))}
        </Box>
      )}
    </Page>
  );
};

const Heading = () => {
  const translate = useTranslate();
  const redirect = useRedirect();
  return (
    <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, mb: 1.5 }}>
      <Typography variant="h1">{translate('policyReport.title')}</Typography>
      <Box sx={{ display: 'flex', gap: 1, displayPrint: 'none' }}>
        <Button size="small" startIcon={<Print />} onClick={() => window.print()}>
          {translate('policyReport.print')}
        </Button>
        <Button size="small" startIcon={<ArrowBack />} onClick={() => redirect('/organisations')}>
          {translate('organisations.back')}
        </Button>
      </Box>
    </Box>
  );
};

const OrganisationPart = ({ report }: { report: PolicyReport }) => {
  const translate = useTranslate();
  return (
    <Box
      component="section"
      id={partOf(report.organisationId)}
      tabIndex={-1}
      aria-label={report.organisationName}
      // Below the bar that stays on top.
      sx={{ display: 'grid', gap: 1, mt: 1, scrollMarginTop: 96, outline: 'none' }}
    >
      <Typography variant="h2" sx={{ fontSize: 17, breakAfter: 'avoid' }}>
        {report.organisationName}
      </Typography>
      <Panel title={translate('policyReport.weakPoints')} level={3}>
        <WeakPoints points={report.weakPoints} />
      </Panel>
      <Panel title={translate('policyReport.odds.title')} level={3}>
        <OddsTable odds={report.odds} />
      </Panel>
      <Panel title={translate('policyReport.promise.title')} level={3}>
        <PromiseBox promise={report.promise} />
      </Panel>
    </Box>
  );
};
