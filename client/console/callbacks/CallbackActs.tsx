import { Box, Button } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Callback } from '../../../server/calls/callbacks.schema.ts';
import { useMay, useMe } from '../shared/useMe.ts';
import { DoneDialog } from './DoneDialog.tsx';
import { TakeDialog } from './TakeDialog.tsx';
import { overdueKey } from './useOverdue.ts';

/** What may be done about one that is still owed: take it, say how it went. */
export const CallbackActs = ({ callback, onDone }: { callback: Callback; onDone: () => void }) => {
  const translate = useTranslate();
  const client = useQueryClient();
  const me = useMe();
  const [open, setOpen] = useState<'take' | 'done' | null>(null);
  if (!useMay('callback.manage')) return null;

  const close = () => setOpen(null);
  const finish = () => {
    close();
    void client.invalidateQueries({ queryKey: overdueKey });
    onDone();
  };
  // Several stand in one list: read out, each says what it is about.
  const nameOf = (words: string) => `${translate(words)} : ${callback.what}`;
  const dialog = { callback, onDone: finish, onClose: close, onReload: finish };
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
      {callback.ownerId !== me?.id && (
        <Button
          size="small"
          variant="outlined"
          onClick={() => setOpen('take')}
          aria-label={nameOf('callbacks.take.button')}
        >
          {translate('callbacks.take.button')}
        </Button>
      )}
      <Button
        size="small"
        variant="outlined"
        onClick={() => setOpen('done')}
        aria-label={nameOf('callbacks.done.button')}
      >
        {translate('callbacks.done.button')}
      </Button>
      {open === 'take' && <TakeDialog {...dialog} />}
      {open === 'done' && <DoneDialog {...dialog} />}
    </Box>
  );
};
