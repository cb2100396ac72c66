import { Box, Button } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Approval } from '../../../server/approvals/approvals.schema.ts';
import { useMe } from '../shared/useMe.ts';
import { DecideDialog, type Decision } from './DecideDialog.tsx';
import { waitingKey } from './useWaiting.ts';

type Props = { approval: Approval; onDone: () => void };

/** What may be done about a request that waits: answer it, or take back one's own. */
export const ApprovalActs = ({ approval, onDone }: Props) => {
  const translate = useTranslate();
  const client = useQueryClient();
  const me = useMe();
  const [open, setOpen] = useState<Decision | null>(null);
  const mayDecide = approval.mayAnswer;
  const isMine = approval.askedById === me?.id;
  if (approval.state !== 'waiting' || (!isMine && !mayDecide)) return null;

  const close = () => setOpen(null);
  const finish = () => {
    close();
    void client.invalidateQueries({ queryKey: waitingKey });
    onDone();
  };
  const button = (decision: Decision) => (
    <Button
      size="small"
      variant="outlined"
      onClick={() => setOpen(decision)}
      // Several stand in one list: read out, each says what it is about.
      aria-label={`${translate(`approvals.${decision}.button`)} : ${approval.what}`}
    >
      {translate(`approvals.${decision}.button`)}
    </Button>
  );
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
      {isMine ? (
        button('withdraw')
      ) : (
        <>
          {button('approve')}
          {button('refuse')}
        </>
      )}
      {open && (
        <DecideDialog approval={approval} decision={open} onDone={finish} onClose={close} onReload={finish} />
      )}
    </Box>
  );
};
