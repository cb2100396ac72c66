import { useEffect } from 'react';
import type { PortalPageData } from '../../../server/http/portal-page.schema.ts';
import { Mailbox } from './Mailbox.tsx';

export type DemoData = NonNullable<PortalPageData['demo']>;

/** Outside production only: the portals of this installation, and what their members would have received. */
export const Demo = ({ demo }: { demo: DemoData }) => {
  const { page, portals, texts, hasMailbox } = demo;
  const isMailbox = page === 'mailbox';
  const title = (isMailbox ? texts.mailbox : texts.title) ?? '';
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <>
      <header className="band">
        <div className="column">
          <p className="brand">
            <span className="brand-name">Guichet</span>
          </p>
        </div>
      </header>
      <main className="column">
        <div className="card">
          <h1>{title}</h1>
          <p className="lead">{isMailbox ? texts.mailboxLead : texts.lead}</p>
          {isMailbox && <Mailbox demo={demo} />}
          {isMailbox && <h2>{texts.portals}</h2>}
          <ul className="ways">
            {portals.map(({ id, name, title: space }) => (
              <li key={id}>
                <a href={`/portal/${id}`}>
                  {name} – {space}
                </a>
              </li>
            ))}
          </ul>
          {!isMailbox && hasMailbox && (
            <p>
              <a href="/mailbox">{texts.mailbox}</a>
            </p>
          )}
        </div>
      </main>
    </>
  );
};
