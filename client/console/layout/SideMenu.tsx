import HomeOutlined from '@mui/icons-material/HomeOutlined';
import Search from '@mui/icons-material/Search';
import { Box } from '@mui/material';
import type { ComponentType, ReactNode } from 'react';
import { useGetResourceLabel, useTranslate } from 'react-admin';
import { NavLink, useLocation } from 'react-router-dom';
import { MenuCount } from '../shared/MenuCount.tsx';
import type { ConsoleResource } from '../shared/resource.ts';
import { useMay, useMe } from '../shared/useMe.ts';
import { entriesOf, isAt, shownTo } from './rooms.ts';

/** What this role may open, one word under each icon; a room of several screens has one entry. */
export const SideMenu = ({ resources }: { resources: ConsoleResource[] }) => {
  const translate = useTranslate();
  const labelOf = useGetResourceLabel();
  const { pathname } = useLocation();
  const isDesk = useMay('member.search');
  const entries = entriesOf(shownTo(resources, useMe()?.permissions ?? []));
  return (
    <Box
      component="nav"
      aria-label={translate('shell.menu.title')}
      sx={{
        displayPrint: 'none',
        width: 112,
        flexShrink: 0,
        borderRight: '1px solid var(--line)',
        backgroundColor: 'var(--paper)',
      }}
    >
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0.75, position: 'sticky', top: 88 }}>
        <Entry
          to="/"
          label={translate(isDesk ? 'shell.menu.desk' : 'shell.menu.home')}
          Icon={isDesk ? Search : HomeOutlined}
        />
        {entries.map(([first, ...mates]) => {
          if (!first) return null;
          const { name, room, menuIcon: Icon = HomeOutlined } = first;
          const label = room && mates.length > 0 ? translate(`shell.rooms.${room}`) : labelOf(name, 2);
          const isHere = [first, ...mates].some((resource) => isAt(resource, pathname));
          return (
            <Entry key={name} to={`/${name}`} label={label} Icon={Icon} isHere={isHere}>
              {[first, ...mates].map(
                (one) =>
                  one.useCount && <MenuCount key={one.name} useCount={one.useCount} words={one.countWords} />,
              )}
            </Entry>
          );
        })}
      </Box>
    </Box>
  );
};

type EntryProps = {
  to: string;
  label: string;
  Icon: ComponentType;
  /** One of the screens behind the entry is open. */
  isHere?: boolean;
  children?: ReactNode;
};

const Entry = ({ to, label, Icon, isHere, children }: EntryProps) => (
  <li>
    <Box
      component={NavLink}
      to={to}
      end={to === '/'}
      className={isHere ? 'active' : undefined}
      sx={{
        display: 'flex',
        flexDirection: 'column',
        alignItems: 'center',
        gap: 0.25,
        px: 0.5,
        py: 1,
        borderRadius: 1,
        fontSize: 13,
        textAlign: 'center',
        overflowWrap: 'anywhere',
        textDecoration: 'none',
        color: 'var(--ink-soft)',
        '&:hover': { backgroundColor: 'var(--raised)', color: 'var(--ink)' },
        '&.active': {
          color: 'var(--accent)',
          fontWeight: 700,
          backgroundColor: 'var(--fresh-soft)',
          boxShadow: 'inset 3px 0 0 var(--accent)',
        },
      }}
    >
      <Icon />
      {label}
      {children}
    </Box>
  </li>
);
