import { changePassword } from '../api.ts';
import { goNext, leaveMessage } from '../memory.ts';
import { replace } from '../router.ts';
import { Form } from '../shared/Form.tsx';
import { checkConfirmation, NewPasswordFields } from '../shared/NewPasswordFields.tsx';
import { Page } from '../shared/Page.tsx';
import { useForm } from '../shared/useForm.ts';
import { useSession, useSignedOut } from '../useSession.ts';
import { usePortal, useSay } from '../words.ts';

/** Choosing a password of one's own in the place of a temporary one. */
export const NewPassword = () => {
  const { password } = usePortal().description;
  const say = useSay();
  const session = useSession('change-password');
  const onRefused = useSignedOut();
  const form = useForm(
    { newPassword: '', confirmation: '' },
    async ({ newPassword }) => {
      const changed = await changePassword({ newPassword });
      if (changed.next) return goNext(changed.next, changed.message);
      leaveMessage(`${changed.message} ${say('newPassword.thanks')}`.trim());
      replace('');
    },
    { check: checkConfirmation(say), onRefused },
  );
  if (!session) return null;
  return (
    <Page
      title={say('newPassword.title')}
      lead={say(password.digits === null ? 'newPassword.lead' : 'newPassword.leadDigits')}
    >
      <Form form={form} submit={say('newPassword.submit')}>
        <NewPasswordFields form={form} />
      </Form>
      <p className="quiet after">{say('newPassword.advice')}</p>
    </Page>
  );
};
