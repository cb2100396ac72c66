import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Navigate } from 'react-router-dom';
import { Desk } from '../desk/Desk.tsx';
import { fr } from '../i18n/fr.ts';
import { Page, Panel } from '../shared/Page.tsx';
import type { ConsoleResource } from '../shared/resource.ts';
import { useMe } from '../shared/useMe.ts';

/** Where each role's day begins, first that this agent may list and the console has. */
const landings = ['lots', 'imports', 'audit-events'];

/** The desk for those who answer calls; the others go to their first useful screen. */
export const makeHome = (resources: ConsoleResource[]) => {
  const Home = () => {
    const me = useMe();
    if (!me) return null;
    if (me.permissions.includes('member.search')) return <Desk />;
    const landing = landings
      .map((name) => resources.find((resource) => resource.name === name))
      .find((resource) => resource?.list && resource.may.list && me.permissions.includes(resource.may.list));
    return landing ? <Navigate to={`/${landing.name}`} replace /> : <WhatYouCanDo />;
  };
  return Home;
};

const WhatYouCanDo = () => {
  const translate = useTranslate();
  const me = useMe();
  const can = Object.keys(fr.shell.home.can).filter((permission) => me?.permissions.includes(permission));
  return (
    <Page title={translate('shell.home.title', { name: me?.name })}>
      <Panel title={translate(can.length > 0 ? 'shell.home.intro' : 'shell.home.nothing')}>
        <Box component="ul" sx={{ m: 0, pl: 2.5, lineHeight: 1.9 }}>
          {can.map((permission) => (
            <li key={permission}>{translate(`shell.home.can.${permission}`)}</li>
          ))}
        </Box>
      </Panel>
    </Page>
  );
};
