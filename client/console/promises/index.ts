import EventAvailable from '@mui/icons-material/EventAvailableOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { PromiseScreen } from './PromiseScreen.tsx';

/** Whether letters can keep what organisations promise: computed, nothing of it is a row. */
export const promises: ConsoleResource = {
  name: 'promise-keeping',
  list: PromiseScreen,
  menuIcon: EventAvailable,
  room: 'print-room',
  may: { list: 'promise.view' },
};
