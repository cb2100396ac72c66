import { useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { takeMessage } from '../memory.ts';
import { usePortal } from '../words.ts';

/** False until a first page has shown: the focus of a reader who has just come is left alone. */
let hasShown = false;

type Props = {
  title: string;
  lead?: string;
  children: ReactNode;
};

/** One page: its title in the tab, its one h1, which takes the focus, and what the page before left to say. */
export const Page = ({ title, lead, children }: Props) => {
  const { portalName, name } = usePortal().description;
  const heading = useRef<HTMLHeadingElement>(null);
  const [message] = useState(takeMessage);
  const messageId = useId();

  useLayoutEffect(() => {
    document.title = `${title} – ${portalName}, ${name}`;
  }, [title, portalName, name]);
  useLayoutEffect(() => {
    if (hasShown) {
      heading.current?.focus();
      scrollTo(0, 0);
    }
    hasShown = true;
  }, []);

  return (
    <div className="card">
      <h1 ref={heading} tabIndex={-1} aria-describedby={message ? messageId : undefined}>
        {title}
      </h1>
      {message && (
        <Notice id={messageId} kind={message.kind}>
          {message.text}
        </Notice>
      )}
      {lead && <p className="lead">{lead}</p>}
      {children}
    </div>
  );
};

type NoticeProps = { id?: string; kind: 'done' | 'note'; children: ReactNode };

/** A message set apart; its sign says what it is to those who see no colour. */
export const Notice = ({ id, kind, children }: NoticeProps) => (
  <div id={id} className={`notice notice-${kind}`} role="status">
    <span className="notice-sign" aria-hidden="true">
      {kind === 'done' ? '✓' : 'i'}
    </span>
    <div>{children}</div>
  </div>
);
