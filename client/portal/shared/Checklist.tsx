import { usePortal, useSay } from '../words.ts';

/** The rule of the organisation, each line ticked as soon as what is typed meets it. Never by colour alone. */
export const Checklist = ({ value }: { value: string }) => {
  const { rule, tests } = usePortal().description.password;
  const say = useSay();
  const met = rule.map((_line, at) => {
    const test = tests[at];
    return value !== '' && test !== undefined && new RegExp(test, 'su').test(value.normalize('NFC'));
  });
  return (
    <div className="checklist">
      <p id="rule">{say('newPassword.rule')}</p>
      <ul aria-labelledby="rule">
        {rule.map((line, at) => (
          <li key={line} className={met[at] ? 'met' : ''}>
            <span className="tick" aria-hidden="true">
              {met[at] && '✓'}
            </span>
            {line}
            {met[at] && <span className="unseen"> ({say('newPassword.met')})</span>}
          </li>
        ))}
      </ul>
      <p className="unseen" role="status">
        {value !== '' && say('newPassword.metCount', { met: met.filter(Boolean).length, all: rule.length })}
      </p>
    </div>
  );
};
