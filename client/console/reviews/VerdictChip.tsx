import CheckCircle from '@mui/icons-material/CheckCircle';
import ErrorOutline from '@mui/icons-material/ErrorOutlined';
import Help from '@mui/icons-material/Help';
import { useTranslate } from 'react-admin';
import type { GivenVerdict } from '../../../server/supervision/reviews.schema.ts';
import { ToneChip } from '../shared/StatusChip.tsx';

const looks = {
  ordinary: { tone: 'open', Icon: CheckCircle },
  'by-cause': { tone: 'open', Icon: CheckCircle },
  'to-explain': { tone: 'waiting', Icon: Help },
  fault: { tone: 'danger', Icon: ErrorOutline },
} as const;

export const VerdictChip = ({ verdict }: { verdict: GivenVerdict }) => {
  const translate = useTranslate();
  const { tone, Icon } = looks[verdict];
  return (
    <ToneChip tone={tone}>
      <Icon aria-hidden sx={{ fontSize: 17 }} />
      {translate(`reviews.verdicts.${verdict}`)}
    </ToneChip>
  );
};
