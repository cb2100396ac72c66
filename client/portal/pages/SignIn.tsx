import { signIn } from '../api.ts';
import {
  countFailure,
  failures,
  forgetFailures,
  goNext,
  rememberedIdentifier,
  rememberIdentifier,
} from '../memory.ts';
import { Form } from '../shared/Form.tsx';
import { IdentifierField } from '../shared/IdentifierField.tsx';
import { Page } from '../shared/Page.tsx';
import { PasswordField } from '../shared/PasswordField.tsx';
import { RobotStatus } from '../shared/RobotStatus.tsx';
import { useForm } from '../shared/useForm.ts';
import { useRobotCheck } from '../useRobotCheck.ts';
import { usePortal, useSay } from '../words.ts';
import { FranceConnectButton } from './FranceConnect.tsx';
import { OtherWays, Register, Troubles, Unblock } from './sign-in-parts.tsx';

/** The way in, and every way back in when it does not open. */
export const SignIn = () => {
  const { description } = usePortal();
  const { labels, maxFailures, safetyAdvice, franceConnect } = description;
  const say = useSay();
  const robot = useRobotCheck();
  const form = useForm(
    { identifier: rememberedIdentifier(), password: '' },
    async ({ identifier, password }) => {
      const proofOfWork = await robot.take();
      const { next, message } = await signIn({ identifier, password, ...(proofOfWork && { proofOfWork }) });
      forgetFailures();
      goNext(next, message);
    },
    {
      onRefused: ({ status }) => {
        if (status === 401) countFailure();
        form.set('password', '');
        return false;
      },
    },
  );
  const hasFailed = form.failure !== null && failures() > 0;

  return (
    <Page title={say('signIn.title')} lead={say('signIn.lead')}>
      {safetyAdvice && (
        <p className="advice">
          <a href={safetyAdvice} rel="noreferrer">
            {say('signIn.safetyAdvice')}
          </a>
        </p>
      )}
      {franceConnect && <FranceConnectButton />}
      <Heading>{say('signIn.have')}</Heading>
      <Form form={form} submit={say('signIn.submit')}>
        <IdentifierField
          {...form.field('identifier')}
          label={say('signIn.identifier')}
          onType={(typed) => {
            rememberIdentifier(typed);
            form.set('identifier', typed);
          }}
        />
        <PasswordField
          {...form.field('password')}
          own
          label={labels.password}
          hint={say('signIn.passwordHint')}
          autoComplete="current-password"
        />
        <RobotStatus state={robot.state} />
      </Form>
      {labels.unblock && failures() >= maxFailures && <Unblock label={labels.unblock} />}
      {hasFailed && <Troubles />}
      <Heading>{say('signIn.haveNot')}</Heading>
      <OtherWays />
      {labels.register && <Register label={labels.register} />}
    </Page>
  );
};

const Heading = ({ children }: { children: string }) => (children ? <h2>{children}</h2> : null);
