import { fieldId } from './Form.tsx';

type Props = {
  name: string;
  legend: string;
  hint?: string;
  error?: string;
  value: string;
  onType: (value: string) => void;
  choices: { id: string; label: string; note?: string | null }[];
};

/** One choice among few, each a target as large as its words. */
export const RadioGroup = ({ name, legend, hint, error, value, onType, choices }: Props) => {
  const id = fieldId(name);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <fieldset
      className={error ? 'field field-wrong' : 'field'}
      aria-describedby={described || undefined}
      aria-invalid={error ? true : undefined}
      role="radiogroup"
    >
      <legend>{legend}</legend>
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
      {choices.map((choice, at) => (
        <label key={choice.id} className="choice">
          <input
            type="radio"
            id={at === 0 ? id : undefined}
            name={name}
            value={choice.id}
            checked={value === choice.id}
            onChange={() => onType(choice.id)}
          />
          <span>
            {choice.label}
            {choice.note && <span className="quiet"> {choice.note}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
};
