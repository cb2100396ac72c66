import DoneAll from '@mui/icons-material/DoneAll';
import ErrorOutline from '@mui/icons-material/ErrorOutlined';
import HelpOutline from '@mui/icons-material/HelpOutlineOutlined';
import HourglassTop from '@mui/icons-material/HourglassTop';
import Outbox from '@mui/icons-material/OutboxOutlined';
import Send from '@mui/icons-material/SendOutlined';
import type { SvgIconComponent } from '@mui/icons-material';
import { useTranslate } from 'react-admin';
import type { Message } from '../../../server/messages/messages.schema.ts';
import type { Tone } from '../palette.ts';
import { ToneChip } from './StatusChip.tsx';

const looks: Record<Message['state'], { tone: Tone; Icon: SvgIconComponent }> = {
  waiting: { tone: 'waiting', Icon: HourglassTop },
  sending: { tone: 'waiting', Icon: Outbox },
  sent: { tone: 'fresh', Icon: Send },
  delivered: { tone: 'open', Icon: DoneAll },
  failed: { tone: 'danger', Icon: ErrorOutline },
  unknown: { tone: 'locked', Icon: HelpOutline },
};

/** How far a message is: icon, word and colour. */
export const MessageStateChip = ({ state }: { state: Message['state'] }) => {
  const translate = useTranslate();
  const { tone, Icon } = looks[state];
  return (
    <ToneChip tone={tone}>
      <Icon aria-hidden sx={{ fontSize: 17 }} />
      {translate(`messageState.${state}`)}
    </ToneChip>
  );
};
