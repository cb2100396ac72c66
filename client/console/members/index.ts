import type { ConsoleResource } from '../shared/resource.ts';
import { MemberScreen } from './MemberScreen.tsx';

/** No list: members are found on the desk, one search at a time. */
export const members: ConsoleResource = {
  name: 'members',
  show: MemberScreen,
  may: { show: 'member.view' },
};
