import HomeOutlined from '@mui/icons-material/HomeOutlined';
import Search from '@mui/icons-material/Search';
import { Box } from '@mui/material';
import type { ComponentType, ReactNode } from 'react';
import { useGetResourceLabel, useTranslate } from 'react-admin';
import { NavLink } from 'react-router-dom';
import type { ConsoleResource } from '../shared/resource.ts';
import { useMay, useMe } from '../shared/useMe.ts';

/** What this role may open, one word under each icon. */
export const SideMenu = ({ resources }: { resources: ConsoleResource[] }) => {
  const translate = useTranslate();
  const labelOf = useGetResourceLabel();
  const permissions = useMe()?.permissions ?? [];
  const isDesk = useMay('member.search');
  const shown = resources.filter(
    ({ menuIcon, may }) => menuIcon && may.list && permissions.includes(may.list),
  );
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
        {shown.map(({ name, menuIcon: Icon, useCount, countWords }) => (
          <Entry key={name} to={`/${name}`} label={labelOf(name, 2)} Icon={Icon ?? HomeOutlined}>
            {useCount && <Count useCount={useCount} words={countWords} />}
          </Entry>
        ))}
      </Box>
    </Box>
  );
};

/** How much waits behind an entry, when something does. */
type CountProps = { useCount: () => number; words?: string | undefined };

const Count = ({ useCount, words = 'shell.menu.unseen' }: CountProps) => {
  const translate = useTranslate();
  const count = useCount();
  if (count === 0) return null;
  return (
    <Box
      component="span"
      sx={{
        px: 0.75,
        borderRadius: 1,
        fontWeight: 700,
        whiteSpace: 'nowrap',
        color: 'var(--danger-ink)',
        backgroundColor: 'var(--danger-soft)',
      }}
    >
      {translate(words, { smart_count: count })}
    </Box>
  );
};

type EntryProps = { to: string; label: string; Icon: ComponentType; children?: ReactNode };

const Entry = ({ to, label, Icon, children }: EntryProps) => (
  <li>
    <Box
      component={NavLink}
      to={to}
      end={to === '/'}
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
