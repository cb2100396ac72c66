import Block from '@mui/icons-material/Block';
import Check from '@mui/icons-material/Check';
import ErrorOutline from '@mui/icons-material/ErrorOutlined';
import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { AuditRow } from '../../../server/audit/audit.schema.ts';
import { ToneChip } from '../shared/StatusChip.tsx';

const looks = {
  refused: { tone: 'locked', Icon: Block },
  failed: { tone: 'danger', Icon: ErrorOutline },
} as const;

/** What was done stays quiet, so that refusals and failures stand out. */
export const ResultChip = ({ result }: { result: AuditRow['result'] }) => {
  const translate = useTranslate();
  const word = translate(`audit.result.${result}`);
  if (result === 'done') {
    return (
      <Box
        component="span"
        sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75, fontSize: 13, px: 1 }}
      >
        <Check aria-hidden sx={{ fontSize: 17, color: 'var(--open-ink)' }} />
        {word}
      </Box>
    );
  }
  const { tone, Icon } = looks[result];
  return (
    <ToneChip tone={tone}>
      <Icon aria-hidden sx={{ fontSize: 17 }} />
      {word}
    </ToneChip>
  );
};
