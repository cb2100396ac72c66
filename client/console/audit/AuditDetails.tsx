import { Box } from '@mui/material';
import { useRecordContext, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { AuditRow } from '../../../server/audit/audit.schema.ts';
import { Fact, Facts } from '../shared/Facts.tsx';
import { toParisField } from '../shared/parisClock.ts';
import { useMay } from '../shared/useMe.ts';
import { DayLink } from './DayLink.tsx';
import { consultationsPath, storyPath } from './paths.ts';
import { useValueInWords } from './useValueInWords.ts';

/** Everything the chain holds of one row, under names and in words a person reads. */
export const AuditDetails = () => {
  const translate = useTranslate();
  const row = useRecordContext<AuditRow>();
  const inWords = useValueInWords(row?.organisationId ?? null);
  if (!row) return null;
  const ids = [
    ['audit.details.id', row.id],
    ['audit.details.type', row.type],
    ['audit.details.actorId', row.actorId],
    ['audit.details.memberId', row.memberId],
    ['audit.details.callId', row.callId],
  ] as const;
  const data = Object.entries(row.data ?? {});
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 4, px: 2, py: 1, whiteSpace: 'normal' }}>
      <Facts>
        {data.map(([name, value]) => (
          <Fact key={name} name={translate(`audit.data.${name}`, { _: name })}>
            {inWords(name, value)}
          </Fact>
        ))}
        {data.length === 0 && (
          <Fact name={translate('audit.details.data')}>
            {translate(row.data === null ? 'audit.details.removed' : 'audit.details.none')}
          </Fact>
        )}
      </Facts>
      <Box>
        <Facts>
          {ids.map(([name, value]) => (
            <Fact key={name} name={translate(name)}>
              {value ?? '—'}
            </Fact>
          ))}
        </Facts>
        <Further row={row} />
      </Box>
    </Box>
  );
};

const Further = ({ row: { at, actorKind, actorId, memberId } }: { row: AuditRow }) => {
  const translate = useTranslate();
  const mayConsult = useMay('consultations.view');
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, mt: 1 }}>
      {memberId && <Link to={storyPath(memberId)}>{translate('audit.story.whole')}</Link>}
      {memberId && mayConsult && (
        <Link to={consultationsPath(memberId)}>{translate('audit.consultations.link')}</Link>
      )}
      {actorKind === 'agent' && <DayLink agentId={actorId} day={toParisField(new Date(at)).slice(0, 10)} />}
    </Box>
  );
};
