import { useState } from 'react';
import { usePortal, useSay } from '../words.ts';
import { Field, type FieldProps } from './Field.tsx';
import { Keypad } from './Keypad.tsx';

type Props = FieldProps & {
  autoComplete: 'current-password' | 'new-password';
  placeholder?: string;
  /** A password of the member's own, by the organisation's rule: digits alone where the rule says so. */
  own?: boolean;
};

/** A password that can be pasted, shown and, where the organisation likes it, composed on a keypad beside. */
export const PasswordField = ({ own = false, ...field }: Props) => {
  const { password } = usePortal().description;
  const say = useSay();
  const [isShown, setShown] = useState(false);
  const digitsOnly = own && password.digits !== null;
  return (
    <>
      <Field
        {...field}
        type={isShown ? 'text' : 'password'}
        inputMode={digitsOnly ? 'numeric' : undefined}
        className={digitsOnly ? 'digits' : ''}
        after={
          <button
            type="button"
            className="reveal"
            aria-pressed={isShown}
            aria-label={say('password.reveal', { field: String(field.label) })}
            onClick={() => setShown(!isShown)}
          >
            {say(isShown ? 'password.hide' : 'password.show')}
          </button>
        }
      />
      {digitsOnly && password.shuffledKeypad && (
        <Keypad value={field.value} onType={field.onType} of={String(field.label)} />
      )}
    </>
  );
};
