import { useLayoutEffect, useRef, type FormEvent, type ReactNode } from 'react';
import { useSay } from '../words.ts';
import type { Failure } from './useForm.ts';

type Props = {
  form: { submit: () => void; pending: boolean; failure: Failure | null };
  /** The words of its one button. */
  submit: string;
  children?: ReactNode;
  /** Beside the button: back, give up. */
  others?: ReactNode;
};

/** A form with what is wrong above its fields, and one button that says what it does. */
export const Form = ({ form, submit, children, others }: Props) => {
  const say = useSay();
  const send = (event: FormEvent): void => {
    event.preventDefault();
    form.submit();
  };
  return (
    <form noValidate onSubmit={send} aria-busy={form.pending}>
      <ErrorSummary failure={form.failure} />
      {children}
      <div className="actions">
        <button type="submit" className="button" aria-disabled={form.pending}>
          {form.pending ? say('form.pending') : submit}
        </button>
        {others}
      </div>
    </form>
  );
};

/** What went wrong, and the way to each field concerned. It takes the focus when it appears. */
export const ErrorSummary = ({ failure }: { failure: Failure | null }) => {
  const say = useSay();
  const summary = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (failure) summary.current?.focus();
  }, [failure]);
  if (!failure) return null;
  // A sentence that stands above already is not said a second time.
  const others = Object.entries(failure.fields).filter(([, text]) => text !== failure.message);

  const goTo = (name: string) => (event: { preventDefault: () => void }) => {
    event.preventDefault();
    document.getElementById(fieldId(name))?.focus();
  };
  return (
    <div ref={summary} className="notice notice-wrong" role="alert" tabIndex={-1}>
      <span className="notice-sign" aria-hidden="true">
        !
      </span>
      <div>
        <p>
          <span className="unseen">{say('form.wrong')} </span>
          {failure.message}
        </p>
        {others.length > 0 && (
          <ul>
            {others.map(([name, text]) => (
              <li key={name}>
                <a href={`#${fieldId(name)}`} onClick={goTo(name)}>
                  {labelOf(name)}
                  {text}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
};

/** The words that stand over a field, so that the summary says which one it means. */
const labelOf = (name: string): string => {
  const field = document.getElementById(fieldId(name));
  const words =
    field?.closest('fieldset')?.querySelector('legend') ?? field?.closest('.field')?.querySelector('label');
  return words?.textContent ? `${words.textContent} – ` : '';
};

/** A field's id from its name, which is where it stands in the request. */
export const fieldId = (name: string): string => `field-${name.replaceAll('.', '-')}`;
