import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { toParisField } from '../shared/parisClock.ts';
import { useMay } from '../shared/useMe.ts';
import { dayPath } from './paths.ts';

type Props = {
  agentId: string | null;
  /** A Paris day; today without it. */
  day?: string | undefined;
  /** Leads to this call in the day. */
  callId?: string | null;
};

/** To an agent's day in the audit, for whoever may read it. */
export const DayLink = ({ agentId, day, callId }: Props) => {
  const translate = useTranslate();
  const mayRead = useMay('audit.list');
  if (!mayRead || agentId === null) return null;
  const path = dayPath(agentId, day ?? toParisField(new Date()).slice(0, 10), callId ?? undefined);
  return (
    <Link to={path} style={{ whiteSpace: 'nowrap' }} onClick={(event) => event.stopPropagation()}>
      {translate(callId ? 'audit.day.call' : 'audit.day.link')}
    </Link>
  );
};
