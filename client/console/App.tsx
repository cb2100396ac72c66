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
import { AgentFileScreen } from './agents/AgentFileScreen.tsx';
import { agents } from './agents/index.ts';
import { alarms } from './alarms/index.ts';
import { alerts } from './alerts/index.ts';
import { approvals } from './approvals/index.ts';
import { AgentDayScreen } from './audit/AgentDayScreen.tsx';
import { ConsultationsScreen } from './audit/ConsultationsScreen.tsx';
import { auditEvents } from './audit/index.ts';
import { MemberStoryScreen } from './audit/MemberStoryScreen.tsx';
import { callbacks } from './callbacks/index.ts';
import { calls } from './calls/index.ts';
import { changeFiles } from './change-files/index.ts';
import { destructions } from './destructions/index.ts';
import { figures } from './figures/index.ts';
import { imports } from './imports/index.ts';
import { incidents, massLocks } from './incidents/index.ts';
import { letters } from './letters/index.ts';
import { lots } from './lots/index.ts';
import { messages } from './messages/index.ts';
import { organisations } from './organisations/index.ts';
import { OwnAccountScreen } from './own-account/OwnAccountScreen.tsx';
import { members } from './members/index.ts';
import { paper } from './paper/index.ts';
import { InvitationPage } from './passwords/InvitationPage.tsx';
import { policyReport } from './policy-report/index.ts';
import { promises } from './promises/index.ts';
import { preferencesStore } from './preferences.ts';
import { isAnswered } from './request.ts';
import { returns } from './returns/index.ts';
import { rightsReview } from './rights/index.ts';
import { ownReviews, reviews, reviewSignals } from './reviews/index.ts';
import type { ConsoleResource } from './shared/resource.ts';
import { sites } from './sites/index.ts';
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
  incidents,
  massLocks,
  reviews,
  reviewSignals,
  ownReviews,
  imports,
  changeFiles,
  organisations,
  figures,
  policyReport,
  agents,
  sites,
  rightsReview,
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
      <Route path="/audit-events/member/:id" element={<MemberStoryScreen />} />
      <Route path="/audit-events/agent/:id" element={<AgentDayScreen />} />
      <Route path="/audit-events/consultations/:id" element={<ConsultationsScreen />} />
      <Route path="/own-account" element={<OwnAccountScreen />} />
      <Route path="/agents/file" element={<AgentFileScreen />} />
    </CustomRoutes>
    <CustomRoutes noLayout>
      <Route path="/invitation/:token" element={<InvitationPage />} />
    </CustomRoutes>
  </Admin>
);
