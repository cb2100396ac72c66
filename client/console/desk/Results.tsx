import { Box, Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import { FoundList } from './FoundList.tsx';
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
  const { members, answer } = search;
  if (!answer) return null;
  if (members.length === 0)
    return answer.understood?.needs || answer.understood?.kind === 'nir-wrong' ? null : <Nobody />;
  return (
    <FoundList members={members} chosen={chosen} onChoose={onChoose} onOpen={onOpen}>
      {search.hasMore && (
        <Button size="small" onClick={search.showMore} disabled={search.isFetching}>
          {translate('desk.showMore')}
        </Button>
      )}
    </FoundList>
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
