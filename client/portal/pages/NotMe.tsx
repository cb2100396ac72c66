import { useState } from 'react';
import { repudiate } from '../api.ts';
import { replace } from '../router.ts';
import { Form } from '../shared/Form.tsx';
import { Notice, Page } from '../shared/Page.tsx';
import { useForm } from '../shared/useForm.ts';
import { useSay } from '../words.ts';

/** « Ce n’était pas moi »: what it does, one button, what happens now. */
export const NotMe = ({ token }: { token: string }) => {
  const say = useSay();
  const [done, setDone] = useState('');
  const form = useForm({}, async () => {
    const { message } = await repudiate(token);
    setDone(message);
    // The link has served; its token leaves the address bar.
    replace('pas-moi');
  });
  if (done) {
    return (
      <Page title={say('notMe.doneTitle')} key="done">
        <Notice kind="done">{done}</Notice>
        <p>{say('notMe.after')}</p>
      </Page>
    );
  }
  return (
    <Page title={say('notMe.title')} lead={say('notMe.lead')} key="ask">
      <ul className="hints">
        {['stops', 'ends', 'calls'].map((what) => (
          <li key={what}>{say(`notMe.what.${what}`)}</li>
        ))}
      </ul>
      <p>{say('notMe.mine')}</p>
      <Form form={form} submit={say('notMe.submit')} />
    </Page>
  );
};
