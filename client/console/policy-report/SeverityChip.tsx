import ErrorOutline from '@mui/icons-material/ErrorOutlined';
import InfoOutlined from '@mui/icons-material/InfoOutlined';
import WarningAmber from '@mui/icons-material/WarningAmber';
import { useTranslate } from 'react-admin';
import type { WeakPoint } from '../../../server/supervision/policy-report.schema.ts';
import { ToneChip } from '../shared/StatusChip.tsx';

const looks = {
  high: { tone: 'danger', Icon: ErrorOutline },
  medium: { tone: 'locked', Icon: WarningAmber },
  low: { tone: 'disabled', Icon: InfoOutlined },
} as const;

/** The gravest first. */
export const severities = ['high', 'medium', 'low'] as const satisfies readonly WeakPoint['severity'][];

/** How grave a weak point is: icon, word and colour. */
export const SeverityChip = ({ severity }: { severity: WeakPoint['severity'] }) => {
  const translate = useTranslate();
  const { tone, Icon } = looks[severity];
  return (
    <ToneChip tone={tone}>
      <Icon aria-hidden sx={{ fontSize: 17 }} />
      {translate(`policyReport.severity.${severity}`)}
    </ToneChip>
  );
};
