import { Box, Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Understanding } from '../../../server/members/members.schema.ts';
import { ToneChip } from '../shared/StatusChip.tsx';
import { corsicanTwin } from './corsica.ts';

type Answer = { understood: Understanding | null; total: number; more: boolean };
type Props = { query: string; answer: Answer | undefined; isBusy: boolean; onQuery: (query: string) => void };

/** One line under the box, always there so that nothing jumps: how it was read, and how many were found. */
export const Understood = ({ query, answer, isBusy, onQuery }: Props) => {
  const translate = useTranslate();
  const understood = answer?.understood;
  return (
    <Box
      role="status"
      aria-live="polite"
      sx={{
        minHeight: 44,
        py: 1,
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 2,
        rowGap: 0.5,
      }}
    >
      {query.trim() !== '' && !answer && isBusy && translate('desk.searching')}
      {understood && <Reading understood={understood} query={query} onQuery={onQuery} />}
      <Box sx={{ ml: 'auto', fontWeight: 700 }}>{answer && !understood?.needs && <Total {...answer} />}</Box>
    </Box>
  );
};

const Reading = ({
  understood,
  query,
  onQuery,
}: Pick<Props, 'query' | 'onQuery'> & { understood: Understanding }) => {
  const translate = useTranslate();
  const { kind, problem, forgiven, corsican, needs } = understood;
  const twin = corsican ? corsicanTwin(query) : undefined;
  if (kind === 'nothing')
    return <span>{needsText(translate, needs) ?? translate('desk.understood.nothing')}</span>;
  return (
    <>
      {kind === 'nir-wrong' ? (
        <ToneChip tone="locked">{translate(`desk.nirProblem.${problem ?? 'key'}`)}</ToneChip>
      ) : (
        <span>
          <Box component="span" sx={{ color: 'var(--ink-soft)' }}>
            {translate('desk.understood.title')}{' '}
          </Box>
          <b>{translate(`desk.understood.${kind}`)}</b>
        </span>
      )}
      {forgiven.map(({ typed, readAs }) => (
        <span key={typed}>
          {translate('desk.forgiven', { typed, readAs: readAs.slice(0, 4).join(translate('desk.or')) })}
        </span>
      ))}
      {needs && <span>{needsText(translate, needs)}</span>}
      {twin && (
        <span>
          {translate('desk.corsican', { department: twin.department })}{' '}
          <Button size="small" onClick={() => onQuery(twin.query)}>
            {translate('desk.corsicanSearch', { department: twin.department })}
          </Button>
        </span>
      )}
    </>
  );
};

const Total = ({ total, more }: { total: number; more: boolean }) => {
  const translate = useTranslate();
  if (!more) return translate('desk.total', { smart_count: total });
  return `${translate('desk.moreThan', { count: total })}. ${translate('desk.refine')}`;
};

const needsText = (translate: ReturnType<typeof useTranslate>, needs: string | null): string | undefined =>
  needs === null ? undefined : translate(`desk.needs.${needs}`, { _: translate('desk.needs.other') });
