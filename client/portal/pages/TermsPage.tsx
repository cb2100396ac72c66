import { useEffect, useState } from 'react';
import type { Terms } from '../../../server/portal/portal.schema.ts';
import { acceptTerms, terms } from '../api.ts';
import { goNext } from '../memory.ts';
import { ErrorSummary, fieldId, Form } from '../shared/Form.tsx';
import { Page } from '../shared/Page.tsx';
import { failureOf, useForm, type Failure } from '../shared/useForm.ts';
import { useSession, useSignedOut } from '../useSession.ts';
import { useSay } from '../words.ts';

/** The terms of use, to be read and accepted before the space opens. */
export const TermsPage = () => {
  const say = useSay();
  const session = useSession('terms');
  const { found, failure } = useTerms();
  const form = useForm(
    { accepted: '' },
    async () => {
      const { next, message } = await acceptTerms(found?.version ?? '');
      goNext(next, message);
    },
    { onRefused: useSignedOut() },
  );
  if (!session || (!found && !failure)) return null;
  const { error } = form.field('accepted');
  const id = fieldId('accepted');
  return (
    <Page title={found?.title ?? say('terms.title')} lead={say('terms.lead')}>
      <ErrorSummary failure={failure} />
      {found && (
        <>
          <div className="articles" role="region" aria-label={found.title} tabIndex={0}>
            {found.articles.map(({ number, title, text }) => (
              <section key={number}>
                {title && <h2>{`${number}. ${title}`}</h2>}
                <p>
                  {!title && <strong>{number} </strong>}
                  {text}
                </p>
              </section>
            ))}
          </div>
          <Form form={form} submit={say('terms.submit')}>
            <div className={error ? 'field field-wrong' : 'field'}>
              {error && (
                <p id={`${id}-error`} className="error">
                  <span aria-hidden="true">! </span>
                  {error}
                </p>
              )}
              <label className="choice">
                <input
                  type="checkbox"
                  id={id}
                  name="accepted"
                  checked={form.values.accepted !== ''}
                  aria-invalid={error ? true : undefined}
                  aria-describedby={error ? `${id}-error` : undefined}
                  onChange={(event) => form.set('accepted', event.currentTarget.checked ? 'yes' : '')}
                />
                <span>{say('terms.accept')}</span>
              </label>
            </div>
          </Form>
        </>
      )}
    </Page>
  );
};

const useTerms = (): { found?: Terms; failure: Failure | null } => {
  const say = useSay();
  const offline = say('page.offline');
  const [found, setFound] = useState<Terms>();
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    terms().then(setFound, (thrown: unknown) => setFailure(failureOf(thrown, offline)));
  }, [offline]);
  return { found, failure };
};
