import { useSay } from '../words.ts';

const names = ['identify', 'receive', 'choose'] as const;

/** How far along the member is: who I am, what I receive, what I choose. */
export const Steps = ({ at }: { at: 0 | 1 | 2 }) => {
  const say = useSay();
  return (
    <ol className="steps" aria-label={say('steps.label')}>
      {names.map((name, place) => (
        <li key={name} className={place < at ? 'done' : ''} aria-current={place === at ? 'step' : undefined}>
          <span className="steps-sign" aria-hidden="true">
            {place < at ? '✓' : place + 1}
          </span>
          <span>
            {say(`steps.${name}`)}
            {place < at && <span className="unseen"> ({say('steps.done')})</span>}
          </span>
        </li>
      ))}
    </ol>
  );
};
