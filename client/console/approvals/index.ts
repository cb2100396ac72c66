import HowToReg from '@mui/icons-material/HowToRegOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { ApprovalList } from './ApprovalList.tsx';
import { useWaiting } from './useWaiting.ts';

export const approvals: ConsoleResource = {
  name: 'approvals',
  list: ApprovalList,
  menuIcon: HowToReg,
  useCount: useWaiting,
  countWords: 'approvals.waitingCount',
  may: { list: 'approval.list' },
};
