import { Box } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import type { ListedAgent } from '../../../server/agents/roster.schema.ts';
import { formatDeadline } from '../shared/dates.ts';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { ToneChip } from '../shared/StatusChip.tsx';

type Props = {
  agent: Pick<ListedAgent, 'closedAt' | 'hasPassword' | 'invitedUntil' | 'isPasswordDue'>;
};

/** Whether one may sign in with it, and what comes first. */
export const AgentState = ({ agent: { closedAt, hasPassword, invitedUntil, isPasswordDue } }: Props) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  if (closedAt) {
    return (
      <>
        <ToneChip tone="disabled">{translate('agents.closed')}</ToneChip> <ShortMoment at={closedAt} />
      </>
    );
  }
  if (invitedUntil) {
    return (
      <>
        <ToneChip tone="waiting">{translate('agents.invited')}</ToneChip>
        <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
          {translate('agents.invitedUntil', {
            until: formatDeadline(invitedUntil, locale, translate, 'short'),
          })}
        </Box>
      </>
    );
  }
  if (!hasPassword) return <ToneChip tone="disabled">{translate('agents.noPassword')}</ToneChip>;
  if (isPasswordDue) return <ToneChip tone="waiting">{translate('agents.passwordDue')}</ToneChip>;
  return translate('agents.open');
};
