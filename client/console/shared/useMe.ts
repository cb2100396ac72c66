import { useQuery } from '@tanstack/react-query';
import { useLocale } from 'react-admin';
import type { Me } from '../../../server/agents/agents.schema.ts';
import type { Organisation } from '../../../server/organisations/organisations.schema.ts';
import { getJson } from '../request.ts';
import { useSession } from '../session.ts';

export const useMe = (): Me | null => useSession().me;

/** Mirrors the server's permission; the server decides. */
export const useMay = (permission: string): boolean => useMe()?.permissions.includes(permission) ?? false;

/** The organisations this agent works for, in the console's language. */
export const useOrganisations = (): Organisation[] => {
  const locale = useLocale();
  const { data } = useQuery({
    queryKey: ['organisations', 'mine', locale],
    queryFn: ({ signal }) => getJson<Organisation[]>('/organisations', { signal }),
    staleTime: 10 * 60_000,
    enabled: useMay('organisation.list'),
  });
  return data ?? [];
};

export const useOrganisationName = (): ((id: string) => string) => {
  const organisations = useOrganisations();
  return (id) => organisations.find((one) => one.id === id)?.name ?? id;
};
