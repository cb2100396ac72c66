import Calculate from '@mui/icons-material/CalculateOutlined';
import Inventory from '@mui/icons-material/Inventory2Outlined';
import MarkunreadMailbox from '@mui/icons-material/MarkunreadMailboxOutlined';
import PlayArrow from '@mui/icons-material/PlayArrow';
import Print from '@mui/icons-material/Print';
import TaskAlt from '@mui/icons-material/TaskAlt';
import type { SvgIconComponent } from '@mui/icons-material';
import { useTranslate } from 'react-admin';
import type { LotState } from '../../../server/letters/lots.schema.ts';
import type { Tone } from '../palette.ts';
import { ToneChip } from '../shared/StatusChip.tsx';

export const lotLooks: Record<LotState, { tone: Tone; Icon: SvgIconComponent }> = {
  made: { tone: 'locked', Icon: Inventory },
  released: { tone: 'waiting', Icon: PlayArrow },
  printing: { tone: 'waiting', Icon: Print },
  printed: { tone: 'locked', Icon: TaskAlt },
  counted: { tone: 'locked', Icon: Calculate },
  deposited: { tone: 'open', Icon: MarkunreadMailbox },
};

export const LotStateChip = ({ state }: { state: LotState }) => {
  const translate = useTranslate();
  const { tone, Icon } = lotLooks[state];
  return (
    <ToneChip tone={tone}>
      <Icon aria-hidden sx={{ fontSize: 17 }} />
      {translate(`lots.state.${state}`)}
    </ToneChip>
  );
};
