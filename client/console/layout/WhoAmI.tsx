import AccountCircle from '@mui/icons-material/AccountCircle';
import DarkMode from '@mui/icons-material/DarkModeOutlined';
import LightMode from '@mui/icons-material/LightModeOutlined';
import ManageAccounts from '@mui/icons-material/ManageAccountsOutlined';
import Logout from '@mui/icons-material/Logout';
import Translate from '@mui/icons-material/Translate';
import { Box, Button, Divider, ListItemIcon, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { useLocaleState, useLogout, useTheme, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { formatTime } from '../shared/dates.ts';
import { useMe, useOrganisationName } from '../shared/useMe.ts';

const other = { fr: { locale: 'en', name: 'English' }, en: { locale: 'fr', name: 'Français' } };

/** Name and role in sight; organisations, language, palette and sign-out one click away. */
export const WhoAmI = () => {
  const translate = useTranslate();
  const logout = useLogout();
  const me = useMe();
  const nameOf = useOrganisationName();
  const [locale = 'fr', setLocale] = useLocaleState();
  const [theme = 'light', setTheme] = useTheme();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (!me) return null;

  const role = translate(`role.${me.role}`);
  const next = locale === 'en' ? other.en : other.fr;
  const then = (act: () => void) => () => {
    setAnchor(null);
    act();
  };
  return (
    <>
      <Button
        color="inherit"
        onClick={(event) => setAnchor(event.currentTarget)}
        aria-haspopup="menu"
        sx={{ gap: 1, textAlign: 'left', px: 1 }}
      >
        <Box>
          <Box sx={{ lineHeight: 1.25 }}>{me.name}</Box>
          <Box sx={{ fontSize: 13, fontWeight: 400, lineHeight: 1.25, color: 'var(--bar-soft)' }}>{role}</Box>
        </Box>
        <AccountCircle aria-hidden />
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <Box component="li" role="none" sx={{ px: 2, py: 1, maxWidth: 320 }}>
          <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{translate('shell.me.organisations')}</Box>
          {me.organisations.map((id) => (
            <Box key={id}>{nameOf(id)}</Box>
          ))}
          <Box sx={{ mt: 1, fontSize: 13, color: 'var(--ink-soft)' }}>
            {translate('shell.me.endsAt', { time: formatTime(me.endsAt, locale) })}
          </Box>
        </Box>
        <Divider />
        <MenuItem component={Link} to="/own-account" onClick={() => setAnchor(null)}>
          <ListItemIcon>
            <ManageAccounts fontSize="small" />
          </ListItemIcon>
          {translate('ownAccount.title')}
        </MenuItem>
        <MenuItem onClick={then(() => setLocale(next.locale))} lang={next.locale}>
          <ListItemIcon>
            <Translate fontSize="small" />
          </ListItemIcon>
          {next.name}
        </MenuItem>
        <MenuItem onClick={then(() => setTheme(theme === 'dark' ? 'light' : 'dark'))}>
          <ListItemIcon>
            {theme === 'dark' ? <LightMode fontSize="small" /> : <DarkMode fontSize="small" />}
          </ListItemIcon>
          {translate(theme === 'dark' ? 'shell.theme.toLight' : 'shell.theme.toDark')}
        </MenuItem>
        <MenuItem onClick={then(() => void logout())}>
          <ListItemIcon>
            <Logout fontSize="small" />
          </ListItemIcon>
          {translate('shell.me.signOut')}
        </MenuItem>
      </Menu>
    </>
  );
};
