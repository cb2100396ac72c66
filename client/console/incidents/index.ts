import LockClock from '@mui/icons-material/LockClockOutlined';
import ReportProblem from '@mui/icons-material/ReportProblemOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { IncidentList } from './IncidentList.tsx';
import { IncidentScreen } from './IncidentScreen.tsx';
import { MassLocksScreen } from './MassLocksScreen.tsx';

export const incidents: ConsoleResource = {
  name: 'incidents',
  list: IncidentList,
  show: IncidentScreen,
  menuIcon: ReportProblem,
  room: 'supervision',
  may: { list: 'incident.view', show: 'incident.view' },
};

export const massLocks: ConsoleResource = {
  name: 'mass-locks',
  list: MassLocksScreen,
  menuIcon: LockClock,
  room: 'supervision',
  may: { list: 'incident.view' },
};
