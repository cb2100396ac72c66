import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useNotify } from 'react-admin';
import type { BulkRequest } from '../../../server/supervision/bulk.schema.ts';
import { getJson, sendJson } from '../request.ts';
import type { Written } from '../shared/NoteField.tsx';
import { useAct } from '../shared/useAct.ts';

export const bulkKey = ['bulk-requests'];
export type BulkFilter = { state?: string; incidentId?: string; kind?: string };

/** What was asked for many accounts; while one runs, read again every two seconds in the background. */
export const useBulk = (filter: BulkFilter) => {
  const locale = useLocale();
  const query = new URLSearchParams({
    filter: JSON.stringify(filter),
    range: '[0,24]',
    sort: '["askedAt","DESC"]',
  });
  return useQuery({
    queryKey: [...bulkKey, filter, locale],
    queryFn: ({ signal }) => getJson<BulkRequest[]>(`/bulk-requests?${query}`, { signal, background: true }),
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'running') ? 2_000 : 30_000),
  });
};

/** Asks for it at `path`; once it waits for somebody else's word, says so and goes. */
export const useAskBulk = <Input>(path: string, onAsked: () => void) => {
  const notify = useNotify();
  const client = useQueryClient();
  return useAct(
    (input: Input, key) => sendJson<BulkRequest>('POST', path, input, key),
    () => {
      void client.invalidateQueries({ queryKey: bulkKey });
      onAsked();
      notify('incidents.bulk.asked');
    },
  );
};

/** Why it is asked for, as the server takes it. */
export const whyFrom = ({ text, confirmed }: Written): { why: string; confirmed?: true } => ({
  why: text.trim(),
  ...(confirmed && { confirmed: true as const }),
});
