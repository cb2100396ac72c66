import type { OwnContacts } from '../../../server/portal/portal.schema.ts';
import { Field, type FieldProps } from '../shared/Field.tsx';
import { useSay } from '../words.ts';

type Contact = OwnContacts['contacts'][number];
type Props = {
  contact: Contact;
  isEdited: boolean;
  edit: () => void;
  field: Omit<FieldProps, 'label'>;
};

const inputs = {
  email: { type: 'email', autoComplete: 'email' },
  mobile: { type: 'tel', autoComplete: 'tel' },
  landline: { type: 'tel', autoComplete: 'tel' },
  fax: { type: 'tel', autoComplete: 'off' },
} as const;

/** One contact as it stands, with the pencil that opens its field. */
export const ContactRow = ({ contact, isEdited, edit, field }: Props) => {
  const say = useSay();
  const { kind, value, waiting } = contact;
  const label = say(`contacts.kinds.${kind}`);
  const name = say(`contacts.names.${kind}`);
  const open = (): void => {
    edit();
    // The field stands where the button stood; the focus goes on to it.
    requestAnimationFrame(() =>
      document.querySelector<HTMLInputElement>(`[name="contacts.${kind}"]`)?.focus(),
    );
  };
  if (isEdited) return <Field {...field} {...inputs[kind]} label={say('contacts.new', { name })} />;
  return (
    <div className="contact">
      <p>
        <span className="quiet">{label}</span>
        <strong className="contact-value">{value ?? say('contacts.none')}</strong>
        {waiting && <span className="contact-waiting">{say('contacts.waiting')}</span>}
      </p>
      <button type="button" className="pencil" aria-label={say('contacts.edit', { name })} onClick={open}>
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <path
            d="M4 20l1-5L16 4l4 4L9 19zM13.5 6.5l4 4"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
            strokeLinejoin="round"
          />
        </svg>
        <span aria-hidden="true">{say('contacts.pencil')}</span>
      </button>
    </div>
  );
};
