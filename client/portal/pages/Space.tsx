import { signOut } from '../api.ts';
import { leaveMessage, rememberIdentifier } from '../memory.ts';
import { replace } from '../router.ts';
import { Notice, Page } from '../shared/Page.tsx';
import { ErrorSummary } from '../shared/Form.tsx';
import { useForm } from '../shared/useForm.ts';
import { useSession, useSignedOut } from '../useSession.ts';
import { usePortal, useSay } from '../words.ts';

/** Inside, as far as Guichet goes: the organisation's own services are behind the link. */
export const Space = () => {
  const { publicSite } = usePortal().description;
  const say = useSay();
  const session = useSession('space');
  const form = useForm(
    {},
    async () => {
      await signOut();
      rememberIdentifier('');
      leaveMessage(say('space.signedOut'));
      replace('');
    },
    { onRefused: useSignedOut() },
  );
  if (!session) return null;
  return (
    <Page title={say('space.title')} lead={say('space.lead')}>
      <ErrorSummary failure={form.failure} />
      {session.changeRecommended && (
        <Notice kind="note">
          <p>{say('space.changeRecommended')}</p>
          <p>
            <a href="#/compte">{say('account.changePassword')}</a>
          </p>
        </Notice>
      )}
      <p>
        <a className="button" href={publicSite} rel="noreferrer">
          {say('space.enter')}
        </a>
      </p>
      <nav aria-label={say('account.title')}>
        <h2>{say('account.title')}</h2>
        <ul className="ways">
          <li>
            <a href="#/compte">{say('account.emailAndPassword')}</a>
          </li>
          <li>
            <a href="#/coordonnees">{say('account.contacts')}</a>
          </li>
        </ul>
      </nav>
      <button type="button" className="button button-quiet" onClick={form.submit}>
        {say('space.signOut')}
      </button>
    </Page>
  );
};
