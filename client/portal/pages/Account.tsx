import { useEffect, useState } from 'react';
import { changePassword, contacts } from '../api.ts';
import { leaveMessage } from '../memory.ts';
import { replace } from '../router.ts';
import { Form } from '../shared/Form.tsx';
import { checkConfirmation, NewPasswordFields, type NewPasswordNames } from '../shared/NewPasswordFields.tsx';
import { Page } from '../shared/Page.tsx';
import { PasswordField } from '../shared/PasswordField.tsx';
import { useForm } from '../shared/useForm.ts';
import { useSession, useSignedOut } from '../useSession.ts';
import { useSay } from '../words.ts';

/** Mon compte > E-mail & mot de passe > modifier mon mot de passe: at any time. */
export const Account = () => {
  const say = useSay();
  const session = useSession('space');
  const email = useOwnEmail();
  const form = useForm<NewPasswordNames | 'currentPassword'>(
    { currentPassword: '', newPassword: '', confirmation: '' },
    async ({ currentPassword, newPassword }) => {
      const { next, message } = await changePassword({ newPassword, currentPassword });
      leaveMessage(message);
      replace(next ? 'espace' : '');
    },
    { check: checkConfirmation(say), onRefused: useSignedOut() },
  );
  if (!session) return null;
  return (
    <Page title={say('account.title')}>
      <h2>{say('account.emailAndPassword')}</h2>
      {email !== undefined && (
        <p>
          {say('contacts.kinds.email')} <strong>{email ?? say('contacts.none')}</strong>{' '}
          <a href="#/coordonnees">{say('account.changeContacts')}</a>
        </p>
      )}
      <h3>{say('account.changePassword')}</h3>
      <Form
        form={form}
        submit={say('newPassword.submit')}
        others={
          <a className="plain" href="#/espace">
            {say('page.back')}
          </a>
        }
      >
        <PasswordField
          {...form.field('currentPassword')}
          own
          label={say('account.currentPassword')}
          autoComplete="current-password"
        />
        <NewPasswordFields form={form} />
      </Form>
    </Page>
  );
};

const useOwnEmail = (): string | null | undefined => {
  const [email, setEmail] = useState<string | null>();
  useEffect(() => {
    contacts().then(
      (own) => setEmail(own.contacts.find(({ kind }) => kind === 'email')?.value ?? null),
      () => undefined,
    );
  }, []);
  return email;
};
