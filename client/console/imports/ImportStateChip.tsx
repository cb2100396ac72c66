import CheckCircle from '@mui/icons-material/CheckCircle';
import GppBad from '@mui/icons-material/GppBad';
import HourglassTop from '@mui/icons-material/HourglassTop';
import Sync from '@mui/icons-material/Sync';
import PanTool from '@mui/icons-material/PanToolOutlined';
import type { SvgIconComponent } from '@mui/icons-material';
import { useTranslate } from 'react-admin';
import type { Import } from '../../../server/imports/imports.schema.ts';
import type { Tone } from '../palette.ts';
import { ToneChip } from '../shared/StatusChip.tsx';

const looks: Record<Import['state'], { tone: Tone; Icon: SvgIconComponent }> = {
  reading: { tone: 'waiting', Icon: HourglassTop },
  held: { tone: 'locked', Icon: PanTool },
  applying: { tone: 'waiting', Icon: Sync },
  done: { tone: 'open', Icon: CheckCircle },
  refused: { tone: 'danger', Icon: GppBad },
};

export const ImportStateChip = ({ state }: { state: Import['state'] }) => {
  const translate = useTranslate();
  const { tone, Icon } = looks[state];
  return (
    <ToneChip tone={tone}>
      <Icon aria-hidden sx={{ fontSize: 17 }} />
      {translate(`imports.state.${state}`)}
    </ToneChip>
  );
};
