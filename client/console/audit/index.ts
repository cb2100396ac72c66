import FactCheck from '@mui/icons-material/FactCheckOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { AuditList } from './AuditList.tsx';

export const auditEvents: ConsoleResource = {
  name: 'audit-events',
  list: AuditList,
  menuIcon: FactCheck,
  room: 'supervision',
  may: { list: 'audit.list' },
};
