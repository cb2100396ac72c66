import Badge from '@mui/icons-material/BadgeOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { AgentList } from './AgentList.tsx';
import { AgentScreen } from './AgentScreen.tsx';

export const agents: ConsoleResource = {
  name: 'agents',
  list: AgentList,
  show: AgentScreen,
  menuIcon: Badge,
  room: 'administration',
  may: { list: 'agent.list', show: 'agent.manage' },
};
