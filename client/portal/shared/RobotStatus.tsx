import type { RobotCheck } from '../useRobotCheck.ts';
import { useSay } from '../words.ts';

/** Says how far the anti-robot step is; there is nothing to do about it. */
export const RobotStatus = ({ state }: Pick<RobotCheck, 'state'>) => {
  const say = useSay();
  if (state === 'none') return null;
  return (
    <p className={`robot robot-${state}`} role="status">
      <span className="robot-sign" aria-hidden="true">
        {state === 'done' ? '✓' : '…'}
      </span>
      {say(`robot.${state}`)}
    </p>
  );
};
