import { useState } from 'react';
import type { z } from 'zod';
import type { ContactConfirmation, OwnContacts } from '../../../server/portal/portal.schema.ts';
import { confirmContact } from '../api.ts';
import { Field } from '../shared/Field.tsx';
import { ErrorSummary, Form } from '../shared/Form.tsx';
import { Notice } from '../shared/Page.tsx';
import { useForm } from '../shared/useForm.ts';
import { useSignedOut } from '../useSession.ts';
import { useSay } from '../words.ts';

type Kind = OwnContacts['confirmable'][number];

/** A change that a code sent to the former contact makes serve sooner. */
export const ContactConfirmations = ({ kinds }: { kinds: Kind[] }) => {
  const say = useSay();
  return (
    <section className="callout">
      <h2>{say('contacts.sooner')}</h2>
      <p>{say('contacts.soonerLead')}</p>
      {kinds.map((kind) => (
        <Confirmation key={kind} kind={kind} />
      ))}
    </section>
  );
};

const Confirmation = ({ kind }: { kind: Kind }) => {
  const say = useSay();
  const [sent, setSent] = useState<z.infer<typeof ContactConfirmation> | null>(null);
  const [done, setDone] = useState('');
  const onRefused = useSignedOut();
  const asking = useForm({}, async () => setSent(await confirmContact({ kind })), { onRefused });
  const typing = useForm(
    { code: '' },
    async ({ code }) => setDone((await confirmContact({ kind, code })).message),
    { onRefused },
  );
  if (done) return <Notice kind="done">{done}</Notice>;
  if (!sent) {
    return (
      <>
        <ErrorSummary failure={asking.failure} />
        <button type="button" className="button button-quiet" onClick={asking.submit}>
          {say('contacts.sendCode', { name: say(`contacts.names.${kind}`) })}
        </button>
      </>
    );
  }
  return (
    <Form form={typing} submit={say('code.submit')}>
      <Notice kind="note">{sent.message}</Notice>
      <Field
        {...typing.field('code')}
        label={say('contacts.code')}
        hint={sent.code && say('code.hintMinutes', { count: sent.code.digits, minutes: sent.code.minutes })}
        inputMode="numeric"
        autoComplete="one-time-code"
        className="digits"
      />
    </Form>
  );
};
