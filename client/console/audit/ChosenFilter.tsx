import { Box, Button, Chip } from '@mui/material';
import { useState } from 'react';
import { useInput, useTranslate, type InputProps } from 'react-admin';
import { FindCallDialog } from './FindCall.tsx';
import { FindMemberDialog } from './FindMember.tsx';
import { useMay } from '../shared/useMe.ts';

/** What the filter holds is an id; what was chosen is shown in words, in this page's memory only. */
const useChosen = ({ source }: Pick<InputProps, 'source'>) => {
  const { field } = useInput({ source, defaultValue: '' });
  const [chosen, setChosen] = useState<{ id: string; words: string } | null>(null);
  const [isOpen, setOpen] = useState(false);
  const value = String(field.value ?? '');
  return {
    value,
    words: chosen?.id === value ? chosen.words : null,
    isOpen,
    open: () => setOpen(true),
    close: () => setOpen(false),
    clear: () => field.onChange(''),
    choose: (id: string, words: string) => {
      setChosen({ id, words });
      field.onChange(id);
      setOpen(false);
    },
  };
};

type Props = { source: string; alwaysOn: boolean };

/** Whom: a member found by a whole identifier, which stands in no address and in no filter. */
export const ChosenMember = ({ source }: Props) => {
  const translate = useTranslate();
  const chosen = useChosen({ source });
  const mayFind = useMay('member.find');
  if (!mayFind && !chosen.value) return null;
  return (
    <>
      <Chosen
        {...chosen}
        words={chosen.words ?? translate('audit.filter.oneMember')}
        ask={translate('audit.filter.memberId')}
      />
      {chosen.isOpen && <FindMemberDialog onClose={chosen.close} onChoose={chosen.choose} />}
    </>
  );
};

/** In which call: found by the reference that the list of calls shows. */
export const ChosenCall = ({ source }: Props) => {
  const translate = useTranslate();
  const chosen = useChosen({ source });
  return (
    <>
      <Chosen
        {...chosen}
        words={chosen.words ?? translate('audit.filter.oneCall')}
        ask={translate('audit.filter.callId')}
      />
      {chosen.isOpen && <FindCallDialog onClose={chosen.close} onChoose={chosen.choose} />}
    </>
  );
};

type ChosenProps = { value: string; words: string; ask: string; open: () => void; clear: () => void };

const Chosen = ({ value, words, ask, open, clear }: ChosenProps) => (
  <Box sx={{ display: 'flex', alignItems: 'center', minHeight: 40 }}>
    {value ? (
      <Chip label={words} onDelete={clear} />
    ) : (
      <Button size="small" variant="outlined" onClick={open}>
        {ask}
      </Button>
    )}
  </Box>
);
