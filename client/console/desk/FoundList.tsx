import { Box } from '@mui/material';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import type { FoundMember } from '../../../server/members/members.schema.ts';
import { useOrganisationName } from '../shared/useMe.ts';
import { columns, optionId, ResultRow } from './ResultRow.tsx';

type Props = {
  members: FoundMember[];
  chosen: number;
  onChoose: (index: number) => void;
  onOpen: (id: string) => void;
  /** Where no search box drives the list, it takes the keys itself. */
  onKeyDown?: (event: KeyboardEvent) => void;
  children?: ReactNode;
};

/** Members one may open, one line each. */
export const FoundList = ({ members, chosen, onChoose, onOpen, onKeyDown, children }: Props) => {
  const translate = useTranslate();
  const nameOf = useOrganisationName();
  const active = members[chosen];
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
      <Box
        role="listbox"
        id="found-members"
        aria-label={translate('desk.results')}
        {...(onKeyDown && {
          tabIndex: 0,
          onKeyDown,
          'aria-activedescendant': active && optionId(active.id),
        })}
      >
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
        {children}
      </Box>
    </Box>
  );
};
