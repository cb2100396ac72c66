import Cancel from '@mui/icons-material/CancelOutlined';
import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import Send from '@mui/icons-material/SendOutlined';
import { Box } from '@mui/material';
import type { Ref } from 'react';
import type { Verified } from '../../../server/verifications/verifications.schema.ts';

const looks = {
  right: { tone: 'open', Icon: CheckCircle },
  wrong: { tone: 'danger', Icon: Cancel },
  sent: { tone: 'fresh', Icon: Send },
  noted: { tone: 'waiting', Icon: CheckCircle },
} as const;

type Props = { told: Verified | null; ref: Ref<HTMLDivElement> };

/** What came of the last step: icon, words and colour, read out as soon as it appears. */
export const Told = ({ told, ref }: Props) => (
  <Box ref={ref} tabIndex={-1} role="status" sx={{ outline: 'none' }}>
    {told && <Line told={told} />}
  </Box>
);

const Line = ({ told: { outcome, message } }: { told: Verified }) => {
  const { tone, Icon } = looks[outcome];
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        px: 1.5,
        py: 0.5,
        borderRadius: 1,
        fontWeight: 700,
        color: `var(--${tone}-ink)`,
        backgroundColor: `var(--${tone}-soft)`,
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 20 }} />
      {message}
    </Box>
  );
};
