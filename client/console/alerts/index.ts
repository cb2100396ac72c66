import NotificationsActive from '@mui/icons-material/NotificationsActiveOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { AlertList } from './AlertList.tsx';
import { useUnseen } from './useUnseen.ts';

export const alerts: ConsoleResource = {
  name: 'alerts',
  list: AlertList,
  menuIcon: NotificationsActive,
  useCount: useUnseen,
  room: 'supervision',
  may: { list: 'alert.list' },
};
