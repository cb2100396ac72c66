import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Alarm } from '../../../server/supervision/alarms.schema.ts';
import { useMay } from '../shared/useMe.ts';

/** To where the lateness can be dealt with. */
export const AlarmLink = ({ alarm: { kind, lotId } }: { alarm: Alarm }) => {
  const translate = useTranslate();
  const maySeeLots = useMay('lot.list');
  if (lotId && maySeeLots) {
    return (
      <Link to={`/lots/${encodeURIComponent(lotId)}/show`} style={oneLine}>
        {translate('alarms.see.lot')}
      </Link>
    );
  }
  const place = places[kind];
  if (!place) return null;
  return (
    <Link to={place.to} style={oneLine}>
      {translate(`alarms.see.${place.words}`)}
    </Link>
  );
};

const oneLine = { whiteSpace: 'nowrap' } as const;

const places: Partial<Record<Alarm['kind'], { to: string; words: string }>> = {
  'letters-late': { to: '/letters', words: 'letters' },
  'date-missed': { to: '/letters', words: 'letters' },
  'test-letter-missing': { to: '/test-letters', words: 'testLetters' },
  'destruction-overdue': { to: '/destructions', words: 'destructions' },
};
