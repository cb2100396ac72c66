import Badge from '@mui/icons-material/BadgeOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { AgentList } from './AgentList.tsx';

export const agents: ConsoleResource = {
  name: 'agents',
  list: AgentList,
  menuIcon: Badge,
  may: { list: 'agent.list' },
};
