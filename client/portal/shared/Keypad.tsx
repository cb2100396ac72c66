import { useId, useState } from 'react';
import { useSay } from '../words.ts';

type Props = { value: string; onType: (value: string) => void; of: string };

/** The shuffled keypad: beside the field, never instead of it. New places each time it opens. */
export const Keypad = ({ value, onType, of }: Props) => {
  const say = useSay();
  const [keys, setKeys] = useState<string[] | null>(null);
  const id = useId();
  return (
    <div className="keypad">
      <button
        type="button"
        className="plain"
        aria-expanded={keys !== null}
        aria-controls={id}
        onClick={() => setKeys(keys ? null : shuffled())}
      >
        {say(keys ? 'keypad.close' : 'keypad.open')}
      </button>
      <div id={id} role="group" aria-label={say('keypad.label', { field: of })} hidden={keys === null}>
        <div className="keys">
          {keys?.map((key) => (
            <button type="button" key={key} className="key" onClick={() => onType(value + key)}>
              {key}
            </button>
          ))}
        </div>
        <button type="button" className="plain" onClick={() => onType(value.slice(0, -1))}>
          {say('keypad.erase')}
        </button>
        <p className="quiet" role="status">
          {keys && say('keypad.typed', { count: value.length })}
        </p>
      </div>
    </div>
  );
};

const shuffled = (): string[] =>
  Array.from(crypto.getRandomValues(new Uint32Array(10)), (order, digit) => ({ order, digit }))
    .sort((a, b) => a.order - b.order)
    .map(({ digit }) => String(digit));
