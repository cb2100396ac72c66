import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { AskDialog } from '../approvals/AskDialog.tsx';
import { LetterDialog } from './LetterDialog.tsx';
import { MessageDialog } from './MessageDialog.tsx';
import type { Done } from './OutcomePanel.tsx';
import { UnblockDialog } from './UnblockDialog.tsx';
import { UnfreezeDialog } from './UnfreezeDialog.tsx';
import type { ActName } from './useActs.tsx';

export type Opened = {
  act: ActName | 'unfreeze';
  withUnblock: boolean;
  /** By way of a second person. */
  asks: boolean;
};

type Props = {
  member: MemberPage;
  opened: Opened;
  onDone: (done: Done) => void;
  onClose: () => void;
  onReload: () => void;
};

/** The one dialog of an act. */
export const ActDialog = ({ opened: { act, withUnblock, asks }, ...dialog }: Props) => {
  if (act === 'unfreeze') return <UnfreezeDialog {...dialog} />;
  if (asks) return <AskDialog {...dialog} act={act} />;
  if (act === 'unblock') return <UnblockDialog {...dialog} />;
  if (act === 'letter') return <LetterDialog {...dialog} withUnblock={withUnblock} />;
  return <MessageDialog {...dialog} channel={act} withUnblock={withUnblock} />;
};
