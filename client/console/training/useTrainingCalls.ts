import { useQuery } from '@tanstack/react-query';
import type { TrainingCall } from '../../../server/supervision/training.schema.ts';
import { getJson } from '../request.ts';

/** Who rings the training desk, in the order in which they do. */
export const useTrainingCalls = (): TrainingCall[] => {
  const { data } = useQuery({
    queryKey: ['training-calls'],
    queryFn: ({ signal }) => getJson<TrainingCall[]>('/training-calls', { signal, background: true }),
    staleTime: Infinity,
  });
  return data ?? [];
};
