import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Review, Who } from '../../../server/supervision/reviews.schema.ts';
import { useMay } from '../shared/useMe.ts';

/** A member by name where the page names them, else by the end of their number; their file is a look of its own. */
export const MemberLink = ({ who }: { who: Who | null | undefined }) => {
  const label = useNameOf()(who);
  const mayView = useMay('member.view');
  if (!who || !mayView) return label;
  return <Link to={`/members/${encodeURIComponent(who.memberId)}/show`}>{label}</Link>;
};

/** « TILLEUL Anne, n° 123456 », « n° •••456 », or that there is nobody. */
export const useNameOf = (): ((who: Who | null | undefined) => string) => {
  const translate = useTranslate();
  return (who) => {
    if (!who) return '—';
    const number = translate('reviews.number', { number: who.number });
    return who.name ? `${who.name}, ${number}` : number;
  };
};

/** What was done and to whom, in words: « Courrier demandé · n° •••456 ». */
export const DoneTo = ({ what, who }: Pick<Review, 'what' | 'who'>) => {
  const translate = useTranslate();
  const nameOf = useNameOf();
  const done = what.map((type) => translate(`audit.type.${type}`, { _: type })).join(', ');
  return (
    <Box component="span" sx={{ fontSize: 14 }}>
      {[done, who && nameOf(who)].filter(Boolean).join(' · ')}
    </Box>
  );
};
