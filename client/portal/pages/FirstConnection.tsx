import { changePassword, signIn } from '../api.ts';
import { goNext, goSignIn, rememberedIdentifier, rememberIdentifier } from '../memory.ts';
import { Form } from '../shared/Form.tsx';
import { IdentifierField } from '../shared/IdentifierField.tsx';
import { checkConfirmation, NewPasswordFields, type NewPasswordNames } from '../shared/NewPasswordFields.tsx';
import { Page } from '../shared/Page.tsx';
import { PasswordField } from '../shared/PasswordField.tsx';
import { RobotStatus } from '../shared/RobotStatus.tsx';
import { useForm } from '../shared/useForm.ts';
import { useRobotCheck } from '../useRobotCheck.ts';
import { usePortal, useSay } from '../words.ts';

/** The first connection in one form: the code of the statement or the letter's password, then one's own. */
export const FirstConnection = () => {
  const { password } = usePortal().description;
  const say = useSay();
  const robot = useRobotCheck();
  const empty = { identifier: rememberedIdentifier(), password: '', newPassword: '', confirmation: '' };
  const form = useForm<NewPasswordNames | 'identifier' | 'password'>(
    empty,
    async ({ identifier, password: current, newPassword }) => {
      rememberIdentifier(identifier);
      const proofOfWork = await robot.take();
      const { status } = await signIn({ identifier, password: current, ...(proofOfWork && { proofOfWork }) });
      const own = status === 'signed-in' ? { currentPassword: current } : {};
      const changed = await changePassword({ newPassword, ...own });
      if (changed.next) goNext(changed.next, changed.message);
      else goSignIn(changed.message);
    },
    { check: checkConfirmation(say) },
  );
  const digits = password.digits === null ? '' : 'Digits';
  return (
    <Page title={say('firstConnection.title')} lead={say('firstConnection.lead')}>
      <ol className="hints">
        {[`choose${digits}`, 'signIn', 'terms']
          .map((step) => say(`firstConnection.steps.${step}`))
          .filter(Boolean)
          .map((step) => (
            <li key={step}>{step}</li>
          ))}
      </ol>
      <h2>{say('firstConnection.form')}</h2>
      <Form form={form} submit={say('newPassword.submit')}>
        <IdentifierField {...form.field('identifier')} />
        <PasswordField
          {...form.field('password')}
          label={say('firstConnection.current')}
          hint={say('firstConnection.currentHint')}
          autoComplete="current-password"
        />
        <NewPasswordFields form={form} />
        <RobotStatus state={robot.state} />
      </Form>
      <p className="after">
        <a href="#/oublie">{say('firstConnection.none')}</a>
      </p>
    </Page>
  );
};
