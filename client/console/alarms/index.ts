import AlarmOn from '@mui/icons-material/AlarmOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { AlarmList } from './AlarmList.tsx';
import { useAlarmCount } from './useStandingAlarms.ts';

export const alarms: ConsoleResource = {
  name: 'alarms',
  list: AlarmList,
  menuIcon: AlarmOn,
  useCount: useAlarmCount,
  countWords: 'alarms.standing',
  room: 'print-room',
  may: { list: 'alarm.list' },
};
