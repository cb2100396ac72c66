import type { ConsoleResource } from '../shared/resource.ts';
import { PolicyReportScreen } from './PolicyReportScreen.tsx';

/** Opened from the organisations: no place of its own in the menu. */
export const policyReport: ConsoleResource = {
  name: 'policy-report',
  list: PolicyReportScreen,
  room: 'administration',
  may: { list: 'policy-report.view' },
};
