import Block from '@mui/icons-material/Block';
import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import HourglassTop from '@mui/icons-material/HourglassTop';
import Schedule from '@mui/icons-material/Schedule';
import Undo from '@mui/icons-material/Undo';
import WarningAmber from '@mui/icons-material/WarningAmber';
import type { SvgIconComponent } from '@mui/icons-material';
import { useTranslate } from 'react-admin';
import type { Approval } from '../../../server/approvals/approvals.schema.ts';
import type { Tone } from '../palette.ts';
import { ToneChip } from '../shared/StatusChip.tsx';

const looks: Record<Approval['state'], { tone: Tone; Icon: SvgIconComponent }> = {
  waiting: { tone: 'waiting', Icon: HourglassTop },
  done: { tone: 'open', Icon: CheckCircle },
  refused: { tone: 'danger', Icon: Block },
  expired: { tone: 'locked', Icon: Schedule },
  overtaken: { tone: 'locked', Icon: WarningAmber },
  withdrawn: { tone: 'disabled', Icon: Undo },
};

/** How far a request is: icon, word and colour. */
export const ApprovalStateChip = ({ state }: { state: Approval['state'] }) => {
  const translate = useTranslate();
  const { tone, Icon } = looks[state];
  return (
    <ToneChip tone={tone}>
      <Icon aria-hidden sx={{ fontSize: 17 }} />
      {translate(`approvals.state.${state}`)}
    </ToneChip>
  );
};
