import TaskAlt from '@mui/icons-material/TaskAlt';
import { Box, Button } from '@mui/material';
import { useEffect, useRef } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import type { Outcome } from '../../../server/accounts/accounts.schema.ts';
import { formatDay } from '../shared/dates.ts';

/** What an act did: the server's words, what to say, and the letter when there is one. */
export type Done = Pick<Outcome, 'message' | 'toSay' | 'letter'>;

/** Stays until it is hidden, so that the sentence can be read out; takes the focus when it appears. */
export const OutcomePanel = ({ done, onDismiss }: { done: Done; onDismiss: () => void }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.focus(), [done]);
  return (
    <Box
      ref={panel}
      tabIndex={-1}
      role="status"
      aria-live="polite"
      sx={{
        display: 'flex',
        gap: 1.5,
        px: 2,
        py: 1.25,
        borderRadius: 1.5,
        color: 'var(--ink)',
        backgroundColor: 'var(--open-soft)',
        border: '1px solid var(--open-ink)',
        outline: 'none',
      }}
    >
      <TaskAlt aria-hidden sx={{ mt: 0.25, color: 'var(--open-ink)' }} />
      <Box sx={{ flex: 1 }}>
        <Box sx={{ fontWeight: 700 }}>{done.message}</Box>
        {done.letter && (
          <Box>
            {translate('members.outcome.letter', {
              reference: done.letter.reference,
              day: formatDay(done.letter.announcedOn, locale),
            })}
          </Box>
        )}
        {done.toSay && (
          <Box sx={{ mt: 1 }}>
            <Box sx={{ fontSize: 13, fontWeight: 700, color: 'var(--open-ink)' }}>
              {translate('members.outcome.toSay')}
            </Box>
            <Box sx={{ fontSize: 17 }}>« {done.toSay} »</Box>
          </Box>
        )}
      </Box>
      <Box>
        <Button size="small" onClick={onDismiss}>
          {translate('members.outcome.dismiss')}
        </Button>
      </Box>
    </Box>
  );
};
