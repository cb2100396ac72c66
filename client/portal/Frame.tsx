import type { ReactNode } from 'react';
import { HelpLine } from './shared/HelpLine.tsx';
import { usePortal, useSay } from './words.ts';

/** What every page stands in: the organisation's band, one column, and whom to call. */
export const Frame = ({ children }: { children: ReactNode }) => {
  const { description, setLanguage } = usePortal();
  const say = useSay();
  const { name, portalName, language, languages, publicSite, mailbox } = description;
  const other = languages.find((one) => one !== language);
  const skip = (event: { preventDefault: () => void }): void => {
    event.preventDefault();
    document.querySelector('h1')?.focus();
  };
  return (
    <>
      <a className="skip" href="#main" onClick={skip}>
        {say('page.skip')}
      </a>
      <header className="band">
        <div className="column">
          <p className="brand">
            <span className="brand-name">{name}</span>
            <span className="brand-space">{portalName}</span>
          </p>
          {other && (
            <button type="button" className="language" lang={other} onClick={() => setLanguage(other)}>
              {say('page.otherLanguage')}
            </button>
          )}
        </div>
      </header>
      <main id="main" className="column">
        {children}
      </main>
      <footer className="column foot">
        <HelpLine />
        <ul className="foot-links">
          <li>
            <a href="#/aide">{say('help.link')}</a>
          </li>
          <li>
            <a href={publicSite} rel="noreferrer">
              {say('page.publicSite')}
            </a>
          </li>
          {mailbox && (
            <li>
              <a href={mailbox}>{say('page.mailbox')}</a>
            </li>
          )}
        </ul>
      </footer>
    </>
  );
};
