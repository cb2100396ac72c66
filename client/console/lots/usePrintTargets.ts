import { useQuery } from '@tanstack/react-query';
import type { PrintTargetsKnown } from '../../../server/letters/lots.schema.ts';
import { getJson } from '../request.ts';
import { useMay } from '../shared/useMe.ts';

/** Where else than the browser this server can print. */
export const usePrintTargets = () =>
  useQuery({
    queryKey: ['print-targets'],
    queryFn: ({ signal }) => getJson<PrintTargetsKnown>('/print-targets', { signal, background: true }),
    staleTime: 5 * 60_000,
    enabled: useMay('lot.list'),
  });
