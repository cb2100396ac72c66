import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';

/**
 * One act at a time. The same input sent again after a failure carries the same Idempotency-Key, so that an act
 * whose answer was lost is not done twice. The answer lives in the mutation only and goes with `reset()`.
 */
export const useAct = <Input, Answer>(
  run: (input: Input, key: string) => Promise<Answer>,
  onDone?: (answer: Answer, input: Input) => void,
): UseMutationResult<Answer, unknown, Input> => {
  const attempt = useRef<{ input: string; key: string } | null>(null);
  return useMutation({
    gcTime: 0,
    retry: false,
    mutationFn: (input: Input) => {
      const asText = JSON.stringify(input);
      if (attempt.current?.input !== asText) attempt.current = { input: asText, key: crypto.randomUUID() };
      return run(input, attempt.current.key);
    },
    onSuccess: (answer, input) => {
      attempt.current = null;
      onDone?.(answer, input);
    },
  });
};
