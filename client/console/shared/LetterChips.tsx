import EventBusy from '@mui/icons-material/EventBusyOutlined';
import FactCheck from '@mui/icons-material/FactCheckOutlined';
import Schedule from '@mui/icons-material/Schedule';
import WarningAmber from '@mui/icons-material/WarningAmber';
import { useTranslate } from 'react-admin';
import type { Letter } from '../../../server/letters/letters.schema.ts';
import type { Tone } from '../palette.ts';
import { ToneChip } from './StatusChip.tsx';

const tones: Record<Letter['state'], Tone> = {
  requested: 'waiting',
  'in-lot': 'waiting',
  printing: 'waiting',
  printed: 'waiting',
  deposited: 'fresh',
  used: 'open',
  cancelled: 'disabled',
  refused: 'danger',
  spoiled: 'disabled',
  superseded: 'disabled',
  expired: 'disabled',
  returned: 'danger',
};

export const LetterStateChip = ({ state }: { state: Letter['state'] }) => {
  const translate = useTranslate();
  return <ToneChip tone={tones[state]}>{translate(`letterState.${state}`)}</ToneChip>;
};

/** Whether it can still be posted in time: icon, word and colour; nothing once it has gone. */
export const TimelinessChip = ({ timeliness }: { timeliness: Letter['timeliness'] }) => {
  const translate = useTranslate();
  if (timeliness === 'gone') return null;
  // What is on time stays quiet, so that what is not stands out.
  if (timeliness === 'on-time') {
    return <span style={{ whiteSpace: 'nowrap' }}>{translate('letters.timeliness.on-time')}</span>;
  }
  const { tone, Icon } = looks[timeliness];
  return (
    <ToneChip tone={tone}>
      <Icon aria-hidden sx={{ fontSize: 17 }} />
      {translate(`letters.timeliness.${timeliness}`)}
    </ToneChip>
  );
};

const looks = {
  'at-risk': { tone: 'locked', Icon: Schedule },
  late: { tone: 'danger', Icon: WarningAmber },
} as const;

/** Whether its dates keep what the organisation promises; nothing where nothing was promised. */
export const PromiseChip = ({ keepsPromise }: Pick<Letter, 'keepsPromise'>) => {
  const translate = useTranslate();
  if (keepsPromise === null) return null;
  if (keepsPromise) {
    return <span style={{ fontSize: 13, whiteSpace: 'nowrap' }}>{translate('letters.promise.kept')}</span>;
  }
  return (
    <ToneChip tone="locked">
      <EventBusy aria-hidden sx={{ fontSize: 17 }} />
      {translate('letters.promise.missed')}
    </ToneChip>
  );
};

/** A letter that the organisation sent to itself. */
export const TestChip = () => {
  const translate = useTranslate();
  return (
    <ToneChip tone="fresh">
      <FactCheck aria-hidden sx={{ fontSize: 17 }} />
      {translate('letters.test')}
    </ToneChip>
  );
};
