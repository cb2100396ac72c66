import CheckCircle from '@mui/icons-material/CheckCircle';
import ReportProblem from '@mui/icons-material/ReportProblemOutlined';
import { useTranslate } from 'react-admin';
import type { Incident } from '../../../server/supervision/incidents.schema.ts';
import { ToneChip } from '../shared/StatusChip.tsx';

export const IncidentStateChip = ({ incident: { state } }: { incident: Pick<Incident, 'state'> }) => {
  const translate = useTranslate();
  const Icon = state === 'open' ? ReportProblem : CheckCircle;
  return (
    <ToneChip tone={state === 'open' ? 'danger' : 'open'}>
      <Icon aria-hidden sx={{ fontSize: 17 }} />
      {translate(`incidents.state.${state}`)}
    </ToneChip>
  );
};
