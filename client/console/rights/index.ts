import FactCheck from '@mui/icons-material/FactCheckOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { RightsList } from './RightsList.tsx';
import { useDue } from './useDue.ts';

export const rightsReview: ConsoleResource = {
  name: 'rights-review',
  list: RightsList,
  menuIcon: FactCheck,
  useCount: useDue,
  countWords: 'rights.count',
  room: 'administration',
  may: { list: 'rights.view' },
};
