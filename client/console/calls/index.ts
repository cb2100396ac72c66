import Call from '@mui/icons-material/CallOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { CallList } from './CallList.tsx';

export const calls: ConsoleResource = {
  name: 'calls',
  list: CallList,
  menuIcon: Call,
  may: { list: 'call.list' },
};
