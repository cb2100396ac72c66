import Business from '@mui/icons-material/BusinessOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { SiteList } from './SiteList.tsx';

export const sites: ConsoleResource = {
  name: 'sites',
  list: SiteList,
  menuIcon: Business,
  room: 'administration',
  may: { list: 'site.list' },
};
