import { useState } from 'react';
import { sayTestLetterCame } from '../api.ts';
import { Field } from '../shared/Field.tsx';
import { Form } from '../shared/Form.tsx';
import { Notice, Page } from '../shared/Page.tsx';
import { useForm } from '../shared/useForm.ts';
import { useSay } from '../words.ts';

/** For whoever gets the organisation's letter to itself: its password says that it came, and opens nothing. */
export const TestLetter = () => {
  const say = useSay();
  const [done, setDone] = useState('');
  const form = useForm({ password: '' }, async (typed) => setDone((await sayTestLetterCame(typed)).message));
  if (done) {
    return (
      <Page title={say('testLetter.doneTitle')} key="done">
        <Notice kind="done">{done}</Notice>
        <p>{say('testLetter.after')}</p>
      </Page>
    );
  }
  return (
    <Page title={say('testLetter.title')} lead={say('testLetter.lead')} key="ask">
      <Form form={form} submit={say('testLetter.submit')}>
        <Field
          {...form.field('password')}
          label={say('testLetter.password')}
          hint={say('testLetter.hint')}
          autoComplete="off"
        />
      </Form>
      <p className="after">{say('testLetter.notMember')}</p>
      <p>
        <a href="#/">{say('page.toSignIn')}</a>
      </p>
    </Page>
  );
};
