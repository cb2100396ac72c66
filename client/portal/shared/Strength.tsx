import { useEffect, useState } from 'react';
import { useSay } from '../words.ts';

const levels = ['weak', 'medium', 'strong'] as const;

/** « faible, moyen, fort »: a well-kept estimator, fetched when a password is first typed. Advice, never a rule. */
export const Strength = ({ password }: { password: string }) => {
  const say = useSay();
  const level = useLevel(password);
  return (
    <div className="strength">
      <p role="status">
        {say('strength.label')}{' '}
        <strong>{level === null ? say('strength.none') : say(`strength.${levels[level]}`)}</strong>
      </p>
      <ol aria-hidden="true">
        {levels.map((name, at) => (
          <li key={name} className={level !== null && at <= level ? 'reached' : ''}>
            {say(`strength.${name}`)}
          </li>
        ))}
      </ol>
    </div>
  );
};

const useLevel = (password: string): number | null => {
  const [estimated, setEstimated] = useState<{ of: string; level: number }>();
  useEffect(() => {
    let isCurrent = true;
    if (password !== '') {
      void import('../strength.ts').then(({ estimate }) => {
        if (isCurrent) setEstimated({ of: password, level: estimate(password) });
      });
    }
    return () => void (isCurrent = false);
  }, [password]);
  return password === '' || !estimated ? null : estimated.level;
};
