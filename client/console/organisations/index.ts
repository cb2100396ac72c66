import Business from '@mui/icons-material/BusinessOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { OrganisationList } from './OrganisationList.tsx';
import { OrganisationScreen } from './OrganisationScreen.tsx';

/** Read-only: an organisation is a file, changed and reviewed where the files are kept. */
export const organisations: ConsoleResource = {
  name: 'organisations',
  list: OrganisationList,
  show: OrganisationScreen,
  menuIcon: Business,
  may: { list: 'organisation.list', show: 'organisation.list' },
};
