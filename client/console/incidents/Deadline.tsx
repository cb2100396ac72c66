import CheckCircle from '@mui/icons-material/CheckCircle';
import HourglassTop from '@mui/icons-material/HourglassTop';
import WarningAmber from '@mui/icons-material/WarningAmber';
import { useTranslate } from 'react-admin';
import type { Incident } from '../../../server/supervision/incidents.schema.ts';
import { ToneChip } from '../shared/StatusChip.tsx';
import { useNow } from '../shared/useNow.ts';

/** What is left of the 72 hours, minute by minute; told, or not any more. */
export const Deadline = ({
  incident: { deadlineAt, notifiedAt },
}: {
  incident: Pick<Incident, 'deadlineAt' | 'notifiedAt'>;
}) => {
  const translate = useTranslate();
  const now = useNow(30_000);
  if (notifiedAt) {
    return (
      <ToneChip tone="open">
        <CheckCircle aria-hidden sx={{ fontSize: 17 }} />
        {translate('incidents.clock.told')}
      </ToneChip>
    );
  }
  const minutes = Math.floor((Date.parse(deadlineAt) - now) / 60_000);
  const span = {
    hours: Math.floor(Math.abs(minutes) / 60),
    minutes: String(Math.abs(minutes) % 60).padStart(2, '0'),
  };
  const isOver = minutes < 0;
  const Icon = isOver ? WarningAmber : HourglassTop;
  return (
    <ToneChip tone={isOver ? 'danger' : minutes < 24 * 60 ? 'locked' : 'waiting'}>
      <Icon aria-hidden sx={{ fontSize: 17 }} />
      {translate(isOver ? 'incidents.clock.over' : 'incidents.clock.left', span)}
    </ToneChip>
  );
};
