import MarkAsUnread from '@mui/icons-material/MarkAsUnreadOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { ReturnsScreen } from './ReturnsScreen.tsx';

export const returns: ConsoleResource = {
  name: 'returns',
  list: ReturnsScreen,
  menuIcon: MarkAsUnread,
  room: 'print-room',
  may: { list: 'letter.return' },
};
