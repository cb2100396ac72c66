import { Box, Button } from '@mui/material';
import { useId, type ReactNode } from 'react';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';

type Props = {
  label: string;
  verdict: MemberPage['can']['unblock'];
  icon: ReactNode;
  /** What it will do, before it is asked for. */
  tells?: string | undefined;
  onOpen: () => void;
};

/** One act: its button, and beside it what it will do, or why it cannot and what to do instead. */
export const Act = ({ label, verdict, icon, tells, onOpen }: Props) => {
  const besideId = useId();
  const { allowed, why, instead } = verdict;
  const isSaid = !allowed || tells !== undefined;
  return (
    <Box
      component="li"
      sx={{ display: 'grid', gridTemplateColumns: '328px 1fr', alignItems: 'center', columnGap: 2 }}
    >
      <Button
        variant={allowed ? 'contained' : 'outlined'}
        startIcon={icon}
        disabled={!allowed}
        onClick={onOpen}
        aria-describedby={isSaid ? besideId : undefined}
        sx={{
          justifyContent: 'flex-start',
          textAlign: 'left',
          px: 1.5,
          lineHeight: 1.25,
          '&.Mui-disabled': { color: 'var(--ink-soft)', borderColor: 'var(--line)' },
        }}
      >
        {label}
      </Button>
      {isSaid && (
        <Box id={besideId} sx={{ fontSize: 13 }}>
          {allowed ? tells : why}
          {!allowed && instead && <Box sx={{ color: 'var(--ink-soft)' }}>{instead}</Box>}
        </Box>
      )}
    </Box>
  );
};
