import type { InputHTMLAttributes, ReactNode } from 'react';
import { fieldId } from './Form.tsx';

export type FieldProps = {
  name: string;
  label: ReactNode;
  value: string;
  onType: (value: string) => void;
  hint?: ReactNode;
  error?: string;
};

type Given = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'type' | 'autoComplete' | 'inputMode' | 'className' | 'placeholder'
>;

/** A label, what helps, what is wrong, and the field; read together by whoever listens. */
export const Field = ({ after, ...props }: FieldProps & Given & { after?: ReactNode }) => {
  const { name, label, hint, error, value, onType, className = '', ...input } = props;
  const id = fieldId(name);
  return (
    <div className={error ? 'field field-wrong' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="error">
          <span aria-hidden="true">! </span>
          {error}
        </p>
      )}
      <div className="input-row">
        <input
          id={id}
          name={name}
          value={value}
          className={className}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          required
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, hint, error)}
          onChange={(event) => onType(event.currentTarget.value)}
          {...input}
        />
        {after}
      </div>
    </div>
  );
};

const describedBy = (id: string, hint: ReactNode, error: string | undefined): string | undefined => {
  const ids = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
};
