import LocalPrintshop from '@mui/icons-material/LocalPrintshopOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { LotList } from './LotList.tsx';
import { LotScreen } from './LotScreen.tsx';

export const lots: ConsoleResource = {
  name: 'lots',
  list: LotList,
  show: LotScreen,
  menuIcon: LocalPrintshop,
  room: 'print-room',
  may: { list: 'lot.list', show: 'lot.list' },
};
