import { typeCode } from '../api.ts';
import { Field } from '../shared/Field.tsx';
import { Form } from '../shared/Form.tsx';
import { Page } from '../shared/Page.tsx';
import { Steps } from '../shared/Steps.tsx';
import { useForm } from '../shared/useForm.ts';
import { useSay } from '../words.ts';
import { Channels } from './Channels.tsx';
import { Back, GiveUp, Notes } from './parts.tsx';
import type { StepProps } from './Recovery.tsx';

/** The code that was sent, typed on the page that asked for it. */
export const EnterCode = ({ step, show, back }: StepProps) => {
  const say = useSay();
  const form = useForm({ code: '' }, async ({ code }) => show(await typeCode(code)));
  const name = step.code?.name ?? '';
  return (
    <Page title={step.title} lead={step.message}>
      <Steps at={1} />
      <Notes notes={step.notes} />
      <Form
        form={form}
        submit={say('code.submit')}
        others={
          <>
            <Back back={back} />
            <GiveUp />
          </>
        }
      >
        <Field
          {...form.field('code')}
          label={say('code.label', { code: name })}
          hint={say('code.hint', { count: step.code?.digits ?? '' })}
          inputMode="numeric"
          autoComplete="one-time-code"
          className="digits"
        />
      </Form>
      {step.channels.length > 0 && (
        <details className="more">
          <summary>{say('recovery.nothingCame')}</summary>
          <Channels step={step} show={show} />
        </details>
      )}
    </Page>
  );
};
