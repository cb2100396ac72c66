import Close from '@mui/icons-material/Close';
import Search from '@mui/icons-material/Search';
import { Box, IconButton, InputBase, MenuItem, TextField } from '@mui/material';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslate } from 'react-admin';
import { useMe, useOrganisations } from '../shared/useMe.ts';

type Props = {
  query: string;
  onQuery: (typed: string) => void;
  organisation: string;
  onOrganisation: (id: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  isExpanded: boolean;
  activeId: string | undefined;
};

/** One generous box for whatever the caller gives; `/` comes back to it from anywhere on the screen. */
export const SearchBox = ({ query, onQuery, onKeyDown, isExpanded, activeId, ...organisation }: Props) => {
  const translate = useTranslate();
  const input = useRef<HTMLInputElement>(null);
  useFocusOnSlash(input);
  return (
    <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'stretch' }}>
      <Box
        role="search"
        sx={{
          flex: 1,
          display: 'flex',
          alignItems: 'center',
          gap: 1.25,
          px: 2,
          height: 60,
          borderRadius: 1.5,
          border: '2px solid var(--accent)',
          backgroundColor: 'var(--paper)',
          '&:focus-within': { outline: '3px solid var(--focus)', outlineOffset: '1px' },
        }}
      >
        <Search aria-hidden sx={{ color: 'var(--accent)', fontSize: 28 }} />
        <InputBase
          autoFocus
          fullWidth
          value={query}
          inputRef={input}
          placeholder={translate('desk.placeholder')}
          onChange={(event) => onQuery(event.target.value)}
          onKeyDown={onKeyDown}
          sx={{
            fontSize: 22,
            '& input::placeholder': { fontSize: 17, opacity: 1, color: 'var(--ink-soft)' },
          }}
          slotProps={{
            input: {
              role: 'combobox',
              'aria-label': translate('desk.label'),
              'aria-controls': 'found-members',
              'aria-expanded': isExpanded,
              'aria-activedescendant': activeId,
              'aria-autocomplete': 'list',
              autoComplete: 'off',
              autoCapitalize: 'none',
              spellCheck: false,
              maxLength: 120,
              style: { outline: 'none' },
            },
          }}
        />
        {query && (
          <IconButton
            aria-label={translate('desk.clear')}
            onClick={() => {
              onQuery('');
              input.current?.focus();
            }}
          >
            <Close />
          </IconButton>
        )}
      </Box>
      <OrganisationField value={organisation.organisation} onChange={organisation.onOrganisation} />
    </Box>
  );
};

const OrganisationField = ({ value, onChange }: { value: string; onChange: (id: string) => void }) => {
  const translate = useTranslate();
  const organisations = useOrganisations();
  const isOne = (useMe()?.organisations.length ?? 0) < 2;
  if (isOne || organisations.length < 2) return null;
  return (
    <TextField
      select
      margin="none"
      label={translate('desk.organisation')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{
        select: { displayEmpty: true },
        inputLabel: { shrink: true },
        input: { sx: { height: 60 } },
      }}
      sx={{ width: 240 }}
    >
      <MenuItem value="">{translate('desk.allOrganisations')}</MenuItem>
      {organisations.map(({ id, name }) => (
        <MenuItem key={id} value={id}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
};

const useFocusOnSlash = (input: React.RefObject<HTMLInputElement | null>): void => {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
      if (event.key !== '/' || isTyping) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [input]);
};
