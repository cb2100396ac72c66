import { Page } from '../shared/Page.tsx';
import { usePortal, useSay } from '../words.ts';
import { TroubleList } from './sign-in-parts.tsx';

/** The last page of the organisations' guides: what to check, and whom to call. */
export const Help = () => {
  const { labels, identifiers, paths } = usePortal().description;
  const say = useSay();
  const hasPath = (name: string) => paths.some(({ path }) => path === name);
  return (
    <Page title={say('help.title')} lead={say('help.lead')}>
      <h2>{say('help.forgot')}</h2>
      <ul className="hints">
        {identifiers.map(({ kind, label, foundOn }) => (
          <li key={kind}>{say('help.foundOn', { label, where: foundOn })}</li>
        ))}
        <li>
          <a href="#/oublie">{labels.forgottenPassword}</a>
        </li>
      </ul>
      <h2>{say('help.refused')}</h2>
      <TroubleList />
      {labels.unblock && hasPath('unblock') && (
        <>
          <h2>{say('help.blocked')}</h2>
          <p>
            <a href="#/debloquer">{labels.unblock}</a>
          </p>
        </>
      )}
      <h2>{say('help.nothingCame')}</h2>
      <p>{say('help.nothingCameLead')}</p>
      <p className="after">
        <a href="#/">{say('page.toSignIn')}</a>
      </p>
    </Page>
  );
};
