import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { en } from './i18n/en.ts';
import { fr } from './i18n/fr.ts';
import { passOn } from './ssoRound.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');

const show = (): void =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );

// A window that the identity provider leads back may belong to a screen that waits for it.
if (window.location.pathname === '/sso') {
  void passOn(window.location.search).then((isTaken) => {
    if (!isTaken) return show();
    window.close();
    const { ownAccount } = localStorage.getItem('guichet.locale') === 'en' ? en : fr;
    root.textContent = ownAccount.sso.closeWindow;
  });
} else show();
