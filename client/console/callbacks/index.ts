import PhoneCallback from '@mui/icons-material/PhoneCallbackOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { CallbackList } from './CallbackList.tsx';
import { useOverdue } from './useOverdue.ts';

export const callbacks: ConsoleResource = {
  name: 'callbacks',
  list: CallbackList,
  menuIcon: PhoneCallback,
  useCount: useOverdue,
  countWords: 'callbacks.overdueCount',
  may: { list: 'callback.list' },
};
