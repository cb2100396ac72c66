import { Box } from '@mui/material';
import { useRecordContext, useTranslate } from 'react-admin';
import type { AuditRow } from '../../../server/audit/audit.schema.ts';
import { Fact, Facts } from '../shared/Facts.tsx';

/** Everything the chain holds of one row, under names a person reads. */
export const AuditDetails = () => {
  const translate = useTranslate();
  const row = useRecordContext<AuditRow>();
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
            {textOf(value, translate)}
          </Fact>
        ))}
        {data.length === 0 && (
          <Fact name={translate('audit.details.data')}>
            {translate(row.data === null ? 'audit.details.removed' : 'audit.details.none')}
          </Fact>
        )}
      </Facts>
      <Facts>
        {ids.map(([name, value]) => (
          <Fact key={name} name={translate(name)}>
            {value ?? '—'}
          </Fact>
        ))}
      </Facts>
    </Box>
  );
};

const textOf = (value: unknown, translate: (key: string) => string): string => {
  if (value === null || value === '') return '—';
  if (typeof value === 'boolean') return translate(value ? 'ra.boolean.true' : 'ra.boolean.false');
  if (Array.isArray(value)) return value.length > 0 ? value.map(String).join(', ') : '—';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
