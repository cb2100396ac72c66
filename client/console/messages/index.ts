import Forum from '@mui/icons-material/ForumOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { MessageList } from './MessageList.tsx';

export const messages: ConsoleResource = {
  name: 'messages',
  list: MessageList,
  menuIcon: Forum,
  may: { list: 'message.list' },
};
