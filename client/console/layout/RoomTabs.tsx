import { Box } from '@mui/material';
import { useGetResourceLabel, useTranslate } from 'react-admin';
import { NavLink, useLocation } from 'react-router-dom';
import { MenuCount } from '../shared/MenuCount.tsx';
import type { ConsoleResource } from '../shared/resource.ts';
import { useMe } from '../shared/useMe.ts';
import { entriesOf, isAt, shownTo } from './rooms.ts';

/** The screens of the room one stands in, side by side above the page; nothing where there is only one. */
export const RoomTabs = ({ resources }: { resources: ConsoleResource[] }) => {
  const translate = useTranslate();
  const labelOf = useGetResourceLabel();
  const { pathname } = useLocation();
  const shown = shownTo(resources, useMe()?.permissions ?? []);
  const mates = entriesOf(shown).find((entry) => entry.some((resource) => isAt(resource, pathname))) ?? [];
  const room = mates[0]?.room;
  if (!room || mates.length < 2) return null;
  return (
    <Box
      component="nav"
      aria-label={translate(`shell.rooms.${room}`)}
      sx={{ displayPrint: 'none', borderBottom: '1px solid var(--line)', backgroundColor: 'var(--paper)' }}
    >
      <Box
        component="ul"
        sx={{
          listStyle: 'none',
          m: 0,
          p: 0,
          px: 2,
          maxWidth: 1240,
          mx: 'auto',
          display: 'flex',
          flexWrap: 'wrap',
        }}
      >
        {mates.map(({ name, useCount }) => (
          <li key={name}>
            <Box component={NavLink} to={`/${name}`} sx={tab}>
              {labelOf(name, 2)}
              {useCount && <MenuCount useCount={useCount} words="shell.menu.count" />}
            </Box>
          </li>
        ))}
      </Box>
    </Box>
  );
};

const tab = {
  display: 'flex',
  alignItems: 'center',
  gap: 0.75,
  px: 1.25,
  py: 1,
  textDecoration: 'none',
  color: 'var(--ink-soft)',
  '&:hover': { color: 'var(--ink)', backgroundColor: 'var(--raised)' },
  '&.active': { color: 'var(--accent)', fontWeight: 700, boxShadow: 'inset 0 -3px 0 var(--accent)' },
};
