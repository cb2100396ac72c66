import { QueryClient } from '@tanstack/react-query';
import { Admin, CustomRoutes, Resource } from 'react-admin';
import { Route } from 'react-router-dom';
import { makeAuthProvider } from './authProvider.ts';
import { dataProvider } from './dataProvider.ts';
import { IncomingCall } from './desk/IncomingCall.tsx';
import { i18nProvider } from './i18n/provider.ts';
import { makeLayout } from './layout/ConsoleLayout.tsx';
import { makeHome } from './layout/Home.tsx';
import { LoginPage } from './layout/LoginPage.tsx';
import { NoSuchPage } from './layout/ScreenProblem.tsx';
import { agents } from './agents/index.ts';
import { alarms } from './alarms/index.ts';
import { alerts } from './alerts/index.ts';
import { approvals } from './approvals/index.ts';
import { auditEvents } from './audit/index.ts';
import { callbacks } from './callbacks/index.ts';
import { calls } from './calls/index.ts';
import { changeFiles } from './change-files/index.ts';
import { destructions } from './destructions/index.ts';
import { imports } from './imports/index.ts';
import { letters } from './letters/index.ts';
import { lots } from './lots/index.ts';
import { messages } from './messages/index.ts';
import { organisations } from './organisations/index.ts';
import { members } from './members/index.ts';
import { paper } from './paper/index.ts';
import { policyReport } from './policy-report/index.ts';
import { promises } from './promises/index.ts';
import { preferencesStore } from './preferences.ts';
import { isAnswered } from './request.ts';
import { returns } from './returns/index.ts';
import type { ConsoleResource } from './shared/resource.ts';
import { testLetters } from './test-letters/index.ts';
import { darkTheme, lightTheme } from './theme.ts';

/** Every resource of the console, in the order of the side menu: one line each. */
const resources: ConsoleResource[] = [
  members,
  approvals,
  callbacks,
  calls,
  lots,
  letters,
  returns,
  destructions,
  alarms,
  testLetters,
  paper,
  promises,
  messages,
  alerts,
  imports,
  changeFiles,
  organisations,
  policyReport,
  agents,
  auditEvents,
];

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Each look at a member is audited: coming back to the window must not make one.
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && !isAnswered(error),
    },
  },
});

const authProvider = makeAuthProvider(resources);
const Home = makeHome(resources);
const Layout = makeLayout(resources);
const store = preferencesStore();

export const App = () => (
  <Admin
    authProvider={authProvider}
    dataProvider={dataProvider}
    i18nProvider={i18nProvider}
    queryClient={queryClient}
    store={store}
    theme={lightTheme}
    darkTheme={darkTheme}
    defaultTheme="light"
    dashboard={Home}
    layout={Layout}
    loginPage={LoginPage}
    catchAll={NoSuchPage}
    requireAuth
    disableTelemetry
  >
    {resources.map(({ name, list, show, create, edit }) => (
      <Resource key={name} name={name} list={list} show={show} create={create} edit={edit} />
    ))}
    <CustomRoutes>
      <Route path="/incoming/:id" element={<IncomingCall />} />
    </CustomRoutes>
  </Admin>
);
