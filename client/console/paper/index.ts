import Description from '@mui/icons-material/DescriptionOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { PaperScreen } from './PaperScreen.tsx';

export const paper: ConsoleResource = {
  name: 'paper',
  list: PaperScreen,
  menuIcon: Description,
  room: 'print-room',
  may: { list: 'letter.preview' },
};
