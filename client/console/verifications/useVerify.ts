import { useDataProvider } from 'react-admin';
import type { Verified, Verify } from '../../../server/verifications/verifications.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { useAct } from '../shared/useAct.ts';

/** One step of verifying whoever speaks about this member; one at a time, whichever way it goes. */
export const useVerify = (memberId: string, onStepped: (verified: Verified) => void) => {
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  return useAct(
    (input: Verify, key) => dataProvider.act<Verified>('members', memberId, 'verifications', input, key),
    onStepped,
  );
};

/** What each way of proving needs: one step at a time, and the word when one is under way. */
export type Stepping = { step: (input: Verify) => void; isPending: boolean };
