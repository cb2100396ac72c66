import PersonSearch from '@mui/icons-material/PersonSearchOutlined';
import { Box, Button, MenuItem, TextField } from '@mui/material';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { FoundLine } from '../../../server/members/members.schema.ts';
import { request } from '../request.ts';
import { ActionDialog } from '../shared/ActionDialog.tsx';
import { formatDay } from '../shared/dates.ts';
import { useAct } from '../shared/useAct.ts';
import { useMay, useOrganisationName, useOrganisations } from '../shared/useMe.ts';
import { consultationsPath, storyPath } from './paths.ts';

/** A member by a whole identifier, and the identity line only. */
export const FindMember = () => {
  const translate = useTranslate();
  const mayFind = useMay('member.find');
  const [isOpen, setOpen] = useState(false);
  if (!mayFind) return null;
  return (
    <>
      <Button variant="outlined" startIcon={<PersonSearch />} onClick={() => setOpen(true)}>
        {translate('audit.find.button')}
      </Button>
      {isOpen && <FindMemberDialog onClose={() => setOpen(false)} />}
    </>
  );
};

type Asked = { organisation: string; identifier: string };

type Props = {
  onClose: () => void;
  /** Where one is to be chosen: without, each line leads to the member's story. */
  onChoose?: (id: string, words: string) => void;
};

export const FindMemberDialog = ({ onClose, onChoose }: Props) => {
  const translate = useTranslate();
  const organisations = useOrganisations();
  const [asked, setAsked] = useState<Asked>({ organisation: '', identifier: '' });
  const organisation = asked.organisation || (organisations[0]?.id ?? '');
  const find = useAct(async (given: Asked) => {
    const { json } = await request('/api/members/find', { method: 'POST', body: JSON.stringify(given) });
    return (json as { members: FoundLine[] }).members;
  });
  return (
    <ActionDialog
      title={translate('audit.find.title')}
      confirm={translate('audit.find.confirm')}
      cancel={translate('audit.find.close')}
      canConfirm={organisation !== '' && asked.identifier.trim().length > 2}
      isPending={find.isPending}
      error={find.error}
      onConfirm={() => find.mutate({ organisation, identifier: asked.identifier.trim() })}
      onClose={onClose}
    >
      <Box sx={{ mb: 1.5 }}>{translate('audit.find.what')}</Box>
      <TextField
        select
        fullWidth
        label={translate('audit.find.organisation')}
        value={organisation}
        onChange={(event) => setAsked({ ...asked, organisation: event.target.value })}
      >
        {organisations.map(({ id, name }) => (
          <MenuItem key={id} value={id}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        fullWidth
        autoFocus
        label={translate('audit.find.identifier')}
        value={asked.identifier}
        slotProps={{ htmlInput: { autoComplete: 'off', spellCheck: false, maxLength: 40 } }}
        onChange={(event) => setAsked({ ...asked, identifier: event.target.value })}
      />
      {find.data && <FoundLines found={find.data} onChoose={onChoose} />}
    </ActionDialog>
  );
};

type LinesProps = { found: FoundLine[]; onChoose: Props['onChoose'] };

const FoundLines = ({ found, onChoose }: LinesProps) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const nameOf = useOrganisationName();
  return (
    <Box component="ul" role="status" sx={{ listStyle: 'none', m: 0, mt: 1.5, p: 0 }}>
      {found.map(({ id, lastName, firstName, birthDate, memberNumber, organisationId }) => (
        <Box component="li" key={id} sx={{ py: 1, borderTop: '1px solid var(--line)' }}>
          <Box sx={{ fontWeight: 700 }}>
            {lastName} {firstName}
          </Box>
          <Box sx={{ color: 'var(--ink-soft)', fontSize: 13 }}>
            {formatDay(birthDate, locale, 'short')} · {memberNumber} · {nameOf(organisationId)}
          </Box>
          {onChoose ? (
            <Button size="small" onClick={() => onChoose(id, `${lastName} ${firstName}`)}>
              {translate('audit.find.choose')}
            </Button>
          ) : (
            <Box sx={{ display: 'flex', gap: 2 }}>
              <Link to={storyPath(id)}>{translate('audit.story.whole')}</Link>
              <Link to={consultationsPath(id)}>{translate('audit.consultations.link')}</Link>
            </Box>
          )}
        </Box>
      ))}
    </Box>
  );
};
