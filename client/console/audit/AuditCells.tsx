import { Box } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { AuditRow } from '../../../server/audit/audit.schema.ts';
import { useMay } from '../shared/useMe.ts';
import { storyPath } from './paths.ts';

/** To the second: the order of two rows matters here. `timeOnly` where the day stands above. */
export const Second = ({ at, timeOnly = false }: { at: string; timeOnly?: boolean }) => {
  const locale = useLocale();
  const text = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'fr-FR', {
    dateStyle: timeOnly ? undefined : 'short',
    timeStyle: 'medium',
    timeZone: 'Europe/Paris',
  }).format(new Date(at));
  return (
    <time dateTime={at} style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
      {text}
    </time>
  );
};

export const Who = ({ row: { actorKind, actorName, actorRole, actorId } }: { row: AuditRow }) => {
  const translate = useTranslate();
  if (actorKind !== 'agent') return translate(`audit.actor.${actorKind}`, { _: actorKind });
  return (
    <>
      {actorName ?? actorId}
      {actorRole && (
        <Box component="span" sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
          {' '}
          · {translate(`role.${actorRole}`)}
        </Box>
      )}
    </>
  );
};

export const What = ({ type }: { type: string }) => {
  const translate = useTranslate();
  return translate(`audit.type.${type}`, { _: type });
};

/** The member's page for who may open it, and what the audit holds of them. */
export const Whom = ({ memberId }: { memberId: string | null }) => {
  const translate = useTranslate();
  const mayView = useMay('member.view');
  if (!memberId) return '—';
  const stay = (event: React.MouseEvent) => event.stopPropagation();
  return (
    <Box sx={{ display: 'flex', gap: 1.5, whiteSpace: 'nowrap' }}>
      {mayView && (
        <Link to={`/members/${encodeURIComponent(memberId)}/show`} onClick={stay}>
          {translate('audit.member')}
        </Link>
      )}
      <Link to={storyPath(memberId)} onClick={stay}>
        {translate('audit.story.link')}
      </Link>
    </Box>
  );
};
