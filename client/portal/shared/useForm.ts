import { useRef, useState } from 'react';
import { Refused } from '../request.ts';
import { useSay } from '../words.ts';

export type Failure = { message: string; fields: Record<string, string> };

/** A form: what is typed, what is wrong with it, and whether it is under way. Sent once however often it is clicked. */
export type FormState<Name extends string> = {
  values: Record<Name, string>;
  set(name: Name, value: string): void;
  failure: Failure | null;
  pending: boolean;
  submit: () => void;
  /** What a field needs, by its name. */
  field(name: Name): { name: string; value: string; onType: (value: string) => void; error?: string };
};

type Options<Name extends string> = {
  /** What may be left empty, as things stand. */
  optional?: (values: Record<Name, string>) => string[];
  /** What is wrong before anything is sent, by field. */
  check?: (values: Record<Name, string>) => Partial<Record<Name, string>>;
  /** Told first of a refusal; answers true when there is nothing left to show. */
  onRefused?: (refused: Refused) => boolean;
};

export const useForm = <Name extends string>(
  initial: Record<Name, string>,
  send: (values: Record<Name, string>) => Promise<void>,
  { optional, check, onRefused }: Options<Name> = {},
): FormState<Name> => {
  const say = useSay();
  const [values, setValues] = useState(initial);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, setPending] = useState(false);
  const isSending = useRef(false);

  const problems = (): Record<string, string> => {
    const names = Object.keys(values) as Name[];
    const mayBeEmpty = optional?.(values) ?? [];
    const empty = names.filter((name) => values[name] === '' && !mayBeEmpty.includes(name));
    return {
      ...Object.fromEntries(empty.map((name) => [name, say('form.required')])),
      ...(empty.length === 0 && check?.(values)),
    };
  };
  const submit = (): void => {
    if (isSending.current) return;
    const fields = problems();
    if (Object.keys(fields).length > 0) return setFailure({ message: say('form.problems'), fields });
    isSending.current = true;
    setFailure(null);
    setPending(true);
    send(values)
      .catch((thrown: unknown) => {
        if (thrown instanceof Refused && onRefused?.(thrown)) return;
        setFailure(failureOf(thrown, say('page.offline')));
      })
      .finally(() => {
        isSending.current = false;
        setPending(false);
      });
  };
  const set = (name: Name, value: string): void => setValues((before) => ({ ...before, [name]: value }));
  const field = (name: Name) => ({
    name,
    value: values[name],
    onType: (value: string) => set(name, value),
    error: failure?.fields[name],
  });
  return { values, set, failure, pending, submit, field };
};

export const failureOf = (thrown: unknown, offline: string): Failure => {
  if (!(thrown instanceof Refused)) return { message: offline, fields: {} };
  const { message, fields, reasons } = thrown;
  const [only, ...others] = Object.keys(fields);
  const isOne = only !== undefined && others.length === 0 && reasons.length > 0;
  return { message: message || offline, fields: isOne ? { [only]: reasons.join(' ') } : fields };
};
