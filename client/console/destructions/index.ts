import DeleteSweep from '@mui/icons-material/DeleteSweepOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { DestructionList } from './DestructionList.tsx';

export const destructions: ConsoleResource = {
  name: 'destructions',
  list: DestructionList,
  menuIcon: DeleteSweep,
  room: 'print-room',
  may: { list: 'destruction.list' },
};
