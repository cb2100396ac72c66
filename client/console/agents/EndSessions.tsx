import { Button } from '@mui/material';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import type { ListedAgent } from '../../../server/agents/roster.schema.ts';
import { OnAgentDialog } from './OnAgentDialog.tsx';

/** What a supervisor may do about an account: end its sessions at once. */
export const EndSessions = ({ agent }: { agent: ListedAgent }) => {
  const translate = useTranslate();
  const notify = useNotify();
  const [isOpen, setOpen] = useState(false);
  if (agent.closedAt) return null;
  const done = (said: string | null, params?: object) => {
    setOpen(false);
    if (said) notify(said, { messageArgs: params });
  };
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        aria-label={`${translate('agents.endSessions.button')} : ${agent.name}`}
        onClick={() => setOpen(true)}
      >
        {translate('agents.endSessions.button')}
      </Button>
      {isOpen && (
        <OnAgentDialog
          act="endSessions"
          agent={agent}
          onClose={() => setOpen(false)}
          onDone={done}
          onInvited={() => undefined}
        />
      )}
    </>
  );
};
