import DriveFileMove from '@mui/icons-material/DriveFileMoveOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { ChangeFileList } from './ChangeFileList.tsx';

export const changeFiles: ConsoleResource = {
  name: 'change-files',
  list: ChangeFileList,
  menuIcon: DriveFileMove,
  room: 'administration',
  may: { list: 'change-file.read' },
};
