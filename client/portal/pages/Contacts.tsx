import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { ContactsSaved, OwnContacts } from '../../../server/portal/portal.schema.ts';
import { contacts, saveContacts } from '../api.ts';
import { goNext } from '../memory.ts';
import { ErrorSummary, Form } from '../shared/Form.tsx';
import { Notice, Page } from '../shared/Page.tsx';
import { PasswordField } from '../shared/PasswordField.tsx';
import { failureOf, useForm, type Failure } from '../shared/useForm.ts';
import { useSession, useSignedOut } from '../useSession.ts';
import { useSay } from '../words.ts';
import { ContactConfirmations } from './ContactConfirmations.tsx';
import { ContactRow } from './ContactRow.tsx';

/** The member's contacts, to confirm as they are or to correct with the pencil. */
export const Contacts = () => {
  const session = useSession('contacts', 'space');
  const { own, failure } = useOwnContacts();
  const say = useSay();
  const [saved, setSaved] = useState<Saved>();
  if (!session || (!own && !failure)) return null;
  if (saved) return <SavedContacts saved={saved} />;
  const lead = session.next === 'contacts' ? 'contacts.leadFirst' : 'contacts.lead';
  return (
    <Page title={say('contacts.title')} lead={say(lead)}>
      <ErrorSummary failure={failure} />
      {own && <ContactsForm own={own} isFirst={session.next === 'contacts'} show={setSaved} />}
      {session.next === 'space' && own && own.confirmable.length > 0 && (
        <ContactConfirmations kinds={own.confirmable} />
      )}
    </Page>
  );
};

type Saved = z.infer<typeof ContactsSaved>;

/** A change is made; one that the former contact can confirm is offered at once. */
const SavedContacts = ({ saved: { message, confirmable } }: { saved: Saved }) => {
  const say = useSay();
  return (
    <Page title={say('contacts.title')}>
      <Notice kind="done">{message}</Notice>
      <ContactConfirmations kinds={confirmable} />
      <p className="after">
        <a className="button" href="#/espace">
          {say('recovery.toSpace')}
        </a>
      </p>
    </Page>
  );
};

type Kind = OwnContacts['contacts'][number]['kind'];
type Names = `contacts.${Kind}` | 'currentPassword';

type FormProps = { own: OwnContacts; isFirst: boolean; show: (saved: Saved) => void };

const ContactsForm = ({ own, isFirst, show }: FormProps) => {
  const say = useSay();
  const [edited, setEdited] = useState<Kind[]>([]);
  const before = Object.fromEntries(
    own.contacts.map(({ kind, value }) => [`contacts.${kind}`, value ?? '']),
  ) as Record<Names, string>;
  const changes = (values: Record<Names, string>): Kind[] =>
    edited.filter((kind) => values[`contacts.${kind}`].trim() !== before[`contacts.${kind}`]);
  const onRefused = useSignedOut();
  const form = useForm<Names>(
    { ...before, currentPassword: '' },
    async (values) => {
      const changed = changes(values).map((kind) => [kind, values[`contacts.${kind}`].trim() || null]);
      const password = changed.length > 0 ? { currentPassword: values.currentPassword } : {};
      const saved = await saveContacts({ contacts: Object.fromEntries(changed), ...password });
      if (saved.next === 'space' && saved.confirmable.length > 0) show(saved);
      else goNext(saved.next, saved.message);
    },
    {
      optional: Object.keys,
      check: (values) =>
        changes(values).length > 0 && values.currentPassword === ''
          ? { currentPassword: say('contacts.passwordNeeded') }
          : {},
      onRefused,
    },
  );
  return (
    <Form
      form={form}
      submit={say(changes(form.values).length > 0 ? 'contacts.save' : 'contacts.confirm')}
      others={
        !isFirst && (
          <a className="plain" href="#/espace">
            {say('page.back')}
          </a>
        )
      }
    >
      <ul className="contacts">
        {own.contacts.map((contact) => (
          <li key={contact.kind}>
            <ContactRow
              contact={contact}
              isEdited={edited.includes(contact.kind)}
              edit={() => setEdited([...edited, contact.kind])}
              field={form.field(`contacts.${contact.kind}`)}
            />
          </li>
        ))}
      </ul>
      {edited.length > 0 && (
        <PasswordField
          {...form.field('currentPassword')}
          own
          label={say('account.currentPassword')}
          hint={say('contacts.passwordHint')}
          autoComplete="current-password"
        />
      )}
    </Form>
  );
};

const useOwnContacts = (): { own?: OwnContacts; failure: Failure | null } => {
  const say = useSay();
  const offline = say('page.offline');
  const [own, setOwn] = useState<OwnContacts>();
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    contacts().then(setOwn, (thrown: unknown) => setFailure(failureOf(thrown, offline)));
  }, [offline]);
  return { own, failure };
};
