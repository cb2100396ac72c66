import { Notice, Page } from '../shared/Page.tsx';
import { Steps } from '../shared/Steps.tsx';
import { usePortal, useSay } from '../words.ts';
import { Channels } from './Channels.tsx';
import { Back, Notes } from './parts.tsx';
import type { StepProps } from './Recovery.tsx';

/** Something is on its way: what, what to do with it, what to do if it does not come. */
export const Sent = ({ path, step, show }: StepProps) => {
  const say = useSay();
  return (
    <Page title={step.title}>
      <Steps at={1} />
      <Notice kind="done">{step.message}</Notice>
      <Notes notes={step.notes} />
      {say(`${path}.sentAfter`) && <p>{say(`${path}.sentAfter`)}</p>}
      <p>
        <a className="button" href="#/">
          {say('recovery.toSpace')}
        </a>
      </p>
      {step.channels.length > 0 && (
        <details className="more">
          <summary>{say('recovery.nothingCame')}</summary>
          <Channels step={step} show={show} />
        </details>
      )}
    </Page>
  );
};

/** « Votre compte n’est pas bloqué. », after the proof; with the way to the other path. */
export const NotLocked = ({ step }: StepProps) => {
  const { labels } = usePortal().description;
  const say = useSay();
  return (
    <Page title={step.title} lead={step.message}>
      <Notes notes={step.notes} />
      <div className="actions">
        <a className="button" href="#/oublie">
          {labels.forgottenPassword}
        </a>
        <a className="plain" href="#/">
          {say('page.toSignIn')}
        </a>
      </div>
    </Page>
  );
};

/** One same answer for whatever stands in the way. */
export const Refusal = ({ step, back }: StepProps) => {
  const say = useSay();
  return (
    <Page title={step.title}>
      <div className="notice notice-wrong" role="status">
        <span className="notice-sign" aria-hidden="true">
          !
        </span>
        <div>{step.message}</div>
      </div>
      <Notes notes={step.notes} />
      <div className="actions">
        <Back back={back} />
        <a className="plain" href="#/">
          {say('page.toSignIn')}
        </a>
      </div>
    </Page>
  );
};
