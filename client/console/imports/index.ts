import UploadFile from '@mui/icons-material/UploadFileOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { ImportList } from './ImportList.tsx';
import { ImportScreen } from './ImportScreen.tsx';
import { UploadScreen } from './UploadScreen.tsx';

export const imports: ConsoleResource = {
  name: 'imports',
  list: ImportList,
  show: ImportScreen,
  create: UploadScreen,
  menuIcon: UploadFile,
  room: 'administration',
  may: { list: 'import.list', show: 'import.list', create: 'import.run' },
};
