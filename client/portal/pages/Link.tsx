import { openLink } from '../api.ts';
import { goNext } from '../memory.ts';
import { Form } from '../shared/Form.tsx';
import { Page } from '../shared/Page.tsx';
import { useForm } from '../shared/useForm.ts';
import { usePortal, useSay } from '../words.ts';

/** Where a reset link leads. Opening it does nothing (mail scanners open links); the member's click does. */
export const Link = ({ token }: { token: string }) => {
  const { labels } = usePortal().description;
  const say = useSay();
  const form = useForm({}, async () => {
    const { next, message } = await openLink(token);
    goNext(next, message);
  });
  return (
    <Page title={say('link.title')} lead={say('link.lead')}>
      <Form form={form} submit={say('link.submit')} />
      {form.failure && (
        <p className="after">
          {say('link.again')} <a href="#/oublie">{labels.forgottenPassword}</a>
        </p>
      )}
    </Page>
  );
};
