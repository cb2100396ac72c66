import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import type { AgentPage, Invited } from '../../../server/agents/roster.schema.ts';
import { ChangeAgentDialog } from './ChangeAgentDialog.tsx';
import { FactorActs } from './FactorActs.tsx';
import { InvitedDialog } from './InvitedDialog.tsx';
import { OnAgentDialog, type OnAgentAct } from './OnAgentDialog.tsx';

type Props = { agent: AgentPage; onDone: () => void };

/** What may be done about an account; what gives rights is never done to one's own. */
export const AgentActs = ({ agent, onDone }: Props) => {
  const translate = useTranslate();
  const notify = useNotify();
  const [open, setOpen] = useState<OnAgentAct | 'change' | null>(null);
  const [invited, setInvited] = useState<Invited | null>(null);
  const { change, changeRights, endSessions } = agent.can;
  const acts: OnAgentAct[] = agent.closedAt
    ? ['reopen']
    : [
        ...(endSessions.allowed ? (['endSessions'] as const) : []),
        ...(agent.hasPassword ? (['requirePassword'] as const) : []),
        ...(agent.invitedUntil ? (['withdraw'] as const) : []),
        ...(['invitation', 'close'] as const),
      ];
  const shut = (act: OnAgentAct) =>
    act !== 'endSessions' && act !== 'requirePassword' && !changeRights.allowed;
  const finish = (said: string | null, params?: object) => {
    setOpen(null);
    if (said) notify(said, { messageArgs: params });
    onDone();
  };
  return (
    <Box sx={{ mt: 2, display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      {change.allowed && (
        <Button variant="contained" onClick={() => setOpen('change')}>
          {translate('agents.change.button')}
        </Button>
      )}
      {acts.map((act) => (
        <Button key={act} variant="outlined" disabled={shut(act)} onClick={() => setOpen(act)}>
          {translate(`agents.${act}.button`)}
        </Button>
      ))}
      {changeRights.allowed && !agent.closedAt && <FactorActs agent={agent} onDone={onDone} />}
      {!changeRights.allowed && (
        <Box sx={{ flexBasis: '100%', fontSize: 13, color: 'var(--ink-soft)' }}>{changeRights.why}</Box>
      )}
      {open === 'change' && (
        <ChangeAgentDialog
          agent={agent}
          onClose={() => setOpen(null)}
          onDone={() => finish('agents.change.done')}
        />
      )}
      {open !== null && open !== 'change' && (
        <OnAgentDialog
          act={open}
          agent={agent}
          onClose={() => setOpen(null)}
          onDone={finish}
          onInvited={(answer) => {
            setInvited(answer);
            finish(null);
          }}
        />
      )}
      {invited && <InvitedDialog invited={invited} onClose={() => setInvited(null)} />}
    </Box>
  );
};
