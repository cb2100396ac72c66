import { Button, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { PolicyReport } from '../../../server/supervision/policy-report.schema.ts';
import { severities, SeverityChip } from './SeverityChip.tsx';

/** Every organisation in one line: how many weak points of each weight; its name leads to its own part. */
export const Overview = ({ reports }: { reports: PolicyReport[] }) => {
  const translate = useTranslate();
  return (
    <Table size="small" aria-label={translate('policyReport.overview')}>
      <TableHead>
        <TableRow>
          <TableCell>{translate('policyReport.organisation')}</TableCell>
          {severities.map((severity) => (
            <TableCell key={severity} align="right">
              <SeverityChip severity={severity} />
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {reports.map((report) => (
          <TableRow key={report.organisationId} sx={{ '&:last-child > *': { borderBottom: 0 } }}>
            <TableCell component="th" scope="row">
              <Button size="small" sx={{ ml: -1 }} onClick={() => goTo(report.organisationId)}>
                {report.organisationName}
              </Button>
            </TableCell>
            {severities.map((severity) => (
              <TableCell key={severity} align="right">
                {report.weakPoints.filter((point) => point.severity === severity).length}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
};

export const partOf = (organisationId: string): string => `report-${organisationId}`;

// Not a link: a link's #fragment is a route of the console.
const goTo = (organisationId: string): void => {
  const part = document.getElementById(partOf(organisationId));
  part?.scrollIntoView();
  part?.focus({ preventScroll: true });
};
