import { Box } from '@mui/material';
import { useEffect, useRef } from 'react';
import { useTranslate } from 'react-admin';
import type { FoundMember } from '../../../server/members/members.schema.ts';
import { PromiseDate } from '../shared/PromiseDate.tsx';
import { StatusChip } from '../shared/StatusChip.tsx';

export const columns = {
  display: 'grid',
  gridTemplateColumns: 'minmax(220px, 5fr) 110px minmax(140px, 4fr) minmax(120px, 3fr) 160px',
  alignItems: 'center',
  columnGap: 2,
  px: 2,
} as const;

export const optionId = (memberId: string): string => `found-${memberId}`;

type Props = {
  member: FoundMember;
  organisation: string;
  isChosen: boolean;
  onPoint: () => void;
  onOpen: () => void;
};

export const ResultRow = ({ member, organisation, isChosen, onPoint, onOpen }: Props) => {
  const translate = useTranslate();
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  return (
    <Box
      ref={row}
      id={optionId(member.id)}
      role="option"
      aria-selected={isChosen}
      onClick={onOpen}
      onMouseMove={() => !isChosen && onPoint()}
      sx={{
        ...columns,
        minHeight: 44,
        py: 0.75,
        cursor: 'pointer',
        borderTop: '1px solid var(--line)',
        scrollMarginBlock: '120px',
        ...(isChosen && { backgroundColor: 'var(--fresh-soft)', boxShadow: 'inset 4px 0 0 var(--accent)' }),
      }}
    >
      <Box sx={{ fontSize: 17, minWidth: 0, overflowWrap: 'anywhere' }}>
        <b>{member.lastName}</b> {member.firstName}
        <Box component="span" sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
          {member.birthName &&
            member.birthName !== member.lastName &&
            ` ${translate('desk.born', { name: member.birthName })}`}
          {member.kind === 'dependant' && ` · ${translate('desk.dependant')}`}
        </Box>
      </Box>
      <PromiseDate day={member.birthDate} short />
      <Box sx={{ overflowWrap: 'anywhere' }}>
        {member.postcode} {member.town}
      </Box>
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{organisation}</Box>
      <Box>
        <StatusChip state={member.headline} />
      </Box>
    </Box>
  );
};
