import Mail from '@mui/icons-material/MailOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { LetterList } from './LetterList.tsx';

export const letters: ConsoleResource = {
  name: 'letters',
  list: LetterList,
  menuIcon: Mail,
  room: 'print-room',
  may: { list: 'letter.list' },
};
