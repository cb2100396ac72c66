import FactCheck from '@mui/icons-material/FactCheckOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { TestLetterList } from './TestLetterList.tsx';

export const testLetters: ConsoleResource = {
  name: 'test-letters',
  list: TestLetterList,
  menuIcon: FactCheck,
  room: 'print-room',
  may: { list: 'lot.list' },
};
