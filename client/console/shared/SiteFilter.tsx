import { SelectInput } from 'react-admin';
import { useSites } from './useSites.ts';

/** The choice of a site above a list; nothing where there is none to choose from. */
export const SiteFilter = ({ source }: { source: string; alwaysOn?: boolean }) => {
  const sites = useSites();
  if (sites.length === 0) return null;
  return <SelectInput source={source} helperText={false} choices={sites} translateChoice={false} />;
};
