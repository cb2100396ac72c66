import { Box, Button } from '@mui/material';
import { useId, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';

export type Verdict = MemberPage['can']['unblock'];

type Props = {
  label: string;
  verdict: Verdict;
  icon: ReactNode;
  /** What it will do, before it is asked for. */
  tells?: string | undefined;
  /** The same act waits for a second person already. */
  isWaiting?: boolean;
  /** Allowed, but there is a better one. */
  isQuiet?: boolean;
  /** The one to offer now. */
  isOffered?: boolean;
  onOpen: () => void;
  /** Leads to what must be said or proved first. */
  onProve: () => void;
};

/** One act: its button, and beside it what it will do, or why it cannot and what makes it possible. */
export const Act = ({
  label,
  verdict,
  icon,
  isWaiting = false,
  isQuiet = false,
  isOffered,
  ...more
}: Props) => {
  const { onOpen, ...beside } = more;
  const translate = useTranslate();
  const besideId = useId();
  const { state } = verdict;
  const asks = state === 'approval' && !isWaiting;
  const isOpen = state === 'allowed' || asks;
  const isStrong = (state === 'allowed' && !isQuiet) || (asks && isOffered);
  return (
    <Box
      component="li"
      sx={{ display: 'grid', gridTemplateColumns: '328px 1fr', alignItems: 'center', columnGap: 2 }}
    >
      <Button
        variant={isStrong ? 'contained' : 'outlined'}
        startIcon={icon}
        disabled={!isOpen}
        onClick={onOpen}
        aria-describedby={besideId}
        sx={{
          justifyContent: 'flex-start',
          textAlign: 'left',
          px: 1.5,
          lineHeight: 1.25,
          '&.Mui-disabled': { color: 'var(--ink-soft)', borderColor: 'var(--line)' },
        }}
      >
        {asks ? translate('members.acts.ask', { what: label }) : label}
      </Button>
      <Box id={besideId} sx={{ fontSize: 13 }}>
        <Beside verdict={verdict} isWaiting={isWaiting} {...beside} />
      </Box>
    </Box>
  );
};

const Beside = ({
  verdict,
  tells,
  isWaiting,
  onProve,
}: Omit<Props, 'label' | 'icon' | 'isQuiet' | 'isOffered' | 'onOpen'>) => {
  const translate = useTranslate();
  const { state, rule, why, instead } = verdict;
  if (state === 'allowed') return tells;
  if (state === 'approval') return isWaiting ? translate('members.acts.waits') : why;
  if (state === 'refused') {
    return (
      <>
        {why}
        {instead && <Box sx={{ color: 'var(--ink-soft)' }}>{instead}</Box>}
      </>
    );
  }
  return (
    <>
      {why}{' '}
      <Button
        size="small"
        onClick={onProve}
        sx={{ minHeight: 24, p: 0, fontSize: 13, textDecoration: 'underline' }}
      >
        {translate(rule === 'say-caller' ? 'verify.sayWho' : 'verify.goThere')}
      </Button>
    </>
  );
};
