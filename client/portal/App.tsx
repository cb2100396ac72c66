import { useEffect, useState, type ReactNode } from 'react';
import type { PortalDescription } from '../../server/portal/portal.schema.ts';
import { describe } from './api.ts';
import { applyColours } from './colours.ts';
import { Frame } from './Frame.tsx';
import { pageData } from './page-data.ts';
import { Account } from './pages/Account.tsx';
import { Contacts } from './pages/Contacts.tsx';
import { FirstConnection } from './pages/FirstConnection.tsx';
import { FranceConnectReturn } from './pages/FranceConnect.tsx';
import { Help } from './pages/Help.tsx';
import { Link } from './pages/Link.tsx';
import { NewPassword } from './pages/NewPassword.tsx';
import { NotMe } from './pages/NotMe.tsx';
import { SignIn } from './pages/SignIn.tsx';
import { Space } from './pages/Space.tsx';
import { TermsPage } from './pages/TermsPage.tsx';
import { TestLetter } from './pages/TestLetter.tsx';
import { Recovery } from './recovery/Recovery.tsx';
import { useRoute } from './router.ts';
import { PortalContext } from './words.ts';

type Language = PortalDescription['language'];

/** Every page of the member, by what stands after the # in its address. */
const pages: Record<string, (token: string) => ReactNode> = {
  '': () => <SignIn />,
  oublie: () => <Recovery path="forgotten" key="forgotten" />,
  debloquer: () => <Recovery path="unblock" key="unblock" />,
  inscription: () => <Recovery path="first" key="first" />,
  'premiere-connexion': () => <FirstConnection />,
  lien: (token) => <Link token={token} />,
  'pas-moi': (token) => <NotMe token={token} />,
  'mot-de-passe': () => <NewPassword />,
  conditions: () => <TermsPage />,
  coordonnees: () => <Contacts />,
  espace: () => <Space />,
  compte: () => <Account />,
  aide: () => <Help />,
  retour: () => <FranceConnectReturn />,
  'lettre-temoin': () => <TestLetter />,
};

export const App = () => {
  const [language, setLanguage] = useState(chosenLanguage);
  const { description, failed } = useDescription(language);
  const { page, token } = useRoute();

  if (failed) return <p className="trouble">{pageData.trouble}</p>;
  if (!description) return null;
  const choose = (chosen: Language): void => {
    sessionStorage.setItem('language', chosen);
    setLanguage(chosen);
  };
  const show = pages[page] ?? pages[''];
  return (
    <PortalContext.Provider value={{ description, setLanguage: choose }}>
      <Frame>{show?.(token)}</Frame>
    </PortalContext.Provider>
  );
};

const chosenLanguage = (): Language => {
  const chosen = sessionStorage.getItem('language') ?? document.documentElement.lang;
  return chosen === 'en' ? 'en' : 'fr';
};

const useDescription = (language: Language) => {
  const [description, setDescription] = useState<PortalDescription>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    document.documentElement.lang = language;
    describe().then(
      (found) => {
        document.documentElement.lang = found.language;
        applyColours(found.colours);
        setDescription(found);
      },
      () => setFailed(true),
    );
  }, [language]);
  return { description, failed };
};
