import { Box, Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useOrganisationName } from '../shared/useMe.ts';
import { columns, ResultRow } from './ResultRow.tsx';
import type { useMemberSearch } from './useMemberSearch.ts';

type Props = {
  search: ReturnType<typeof useMemberSearch>;
  chosen: number;
  onChoose: (index: number) => void;
  onOpen: (id: string) => void;
};

/** Those found, one line each, with nothing that helps to impersonate them. */
export const Results = ({ search, chosen, onChoose, onOpen }: Props) => {
  const translate = useTranslate();
  const nameOf = useOrganisationName();
  const { members, answer } = search;
  if (!answer) return null;
  if (members.length === 0)
    return answer.understood?.needs || answer.understood?.kind === 'nir-wrong' ? null : <Nobody />;
  return (
    <Box
      sx={{
        border: '1px solid var(--line)',
        borderRadius: 1.5,
        overflow: 'hidden',
        backgroundColor: 'var(--paper)',
      }}
    >
      <Box
        aria-hidden
        sx={{
          ...columns,
          py: 0.5,
          fontSize: 13,
          fontWeight: 700,
          color: 'var(--ink-soft)',
          backgroundColor: 'var(--raised)',
        }}
      >
        {['name', 'birth', 'town', 'organisation', 'state'].map((column) => (
          <span key={column}>{translate(`desk.column.${column}`)}</span>
        ))}
      </Box>
      <Box role="listbox" id="found-members" aria-label={translate('desk.results')}>
        {members.map((member, index) => (
          <ResultRow
            key={member.id}
            member={member}
            organisation={nameOf(member.organisationId)}
            isChosen={index === chosen}
            onPoint={() => onChoose(index)}
            onOpen={() => onOpen(member.id)}
          />
        ))}
      </Box>
      <Box
        sx={{
          display: 'flex',
          justifyContent: 'space-between',
          alignItems: 'center',
          px: 2,
          py: 0.5,
          borderTop: '1px solid var(--line)',
          fontSize: 13,
          color: 'var(--ink-soft)',
        }}
      >
        {translate('desk.keys')}
        {search.hasMore && (
          <Button size="small" onClick={search.showMore} disabled={search.isFetching}>
            {translate('desk.showMore')}
          </Button>
        )}
      </Box>
    </Box>
  );
};

const Nobody = () => {
  const translate = useTranslate();
  return (
    <Box sx={{ p: 3, border: '1px solid var(--line)', borderRadius: 1.5, backgroundColor: 'var(--paper)' }}>
      <Box sx={{ fontSize: 17, fontWeight: 700 }}>{translate('desk.nobody')}</Box>
      {translate('desk.nobodyHelp')}
    </Box>
  );
};
