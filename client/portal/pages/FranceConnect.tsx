import { useEffect, useState } from 'react';
import { linkFranceConnect, returnFromFranceConnect, startFranceConnect } from '../api.ts';
import { goNext, leaveMessage } from '../memory.ts';
import { replace } from '../router.ts';
import { ErrorSummary, Form } from '../shared/Form.tsx';
import { IdentifierField } from '../shared/IdentifierField.tsx';
import { Page } from '../shared/Page.tsx';
import { failureOf, useForm, type Failure } from '../shared/useForm.ts';
import { usePortal, useSay } from '../words.ts';

const explanation = 'https://franceconnect.gouv.fr/';

/** The State's own button, with its wording and its explanation, for those whom it is for. */
export const FranceConnectButton = () => {
  const { franceConnect } = usePortal().description;
  const say = useSay();
  const form = useForm({}, async () => {
    const { url } = await startFranceConnect();
    location.assign(url);
  });
  const who = franceConnect?.map(({ label }) => label.toLowerCase()).join(', ');
  return (
    <section className="france-connect" aria-label={say('franceConnect.name')}>
      <ErrorSummary failure={form.failure} />
      <button type="button" className="france-connect-button" onClick={form.submit}>
        <span>{say('franceConnect.button')}</span> <strong>{say('franceConnect.name')}</strong>
      </button>
      <p className="quiet">{say('franceConnect.only', { who: who ?? '' })}</p>
      <p>
        <a href={explanation} rel="noreferrer">
          {say('franceConnect.what')}
        </a>
      </p>
      <p className="or">
        <span>{say('page.or')}</span>
      </p>
    </section>
  );
};

/** Where FranceConnect sends the member back: its answer is posted at once, and leaves the address bar. */
export const FranceConnectReturn = () => {
  const say = useSay();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const offline = say('page.offline');
  useEffect(() => {
    const query = location.search.slice(1);
    history.replaceState(null, '', location.pathname);
    returnFromFranceConnect(query).then(
      (answer) =>
        answer.status === 'identifier-needed'
          ? setAsked(answer.message)
          : goNext(answer.next, answer.message),
      (thrown: unknown) => setFailure(failureOf(thrown, offline)),
    );
  }, [offline]);
  if (asked !== null) return <AskIdentifier lead={asked} />;
  return (
    <Page title={say('franceConnect.returning')}>
      <ErrorSummary failure={failure} />
      {failure ? <ToSignIn /> : <p role="status">{say('franceConnect.wait')}</p>}
    </Page>
  );
};

/** The first time: an identity says who somebody is, the identifier which account is theirs. */
const AskIdentifier = ({ lead }: { lead: string }) => {
  const say = useSay();
  const form = useForm({ identifier: '' }, async ({ identifier }) => {
    const { next, message } = await linkFranceConnect(identifier);
    goNext(next, message);
  });
  return (
    <Page title={say('franceConnect.identifier')} lead={lead}>
      <Form form={form} submit={say('franceConnect.link')}>
        <IdentifierField {...form.field('identifier')} />
      </Form>
      <ToSignIn />
    </Page>
  );
};

const ToSignIn = () => {
  const say = useSay();
  const back = (event: { preventDefault: () => void }): void => {
    event.preventDefault();
    leaveMessage('');
    replace('');
  };
  return (
    <p>
      <a href="#/" onClick={back}>
        {say('page.toSignIn')}
      </a>
    </p>
  );
};
