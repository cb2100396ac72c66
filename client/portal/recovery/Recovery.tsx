import { useEffect, useState } from 'react';
import type { RecoveryPath, RecoveryStep } from '../../../server/portal/portal.schema.ts';
import { openRecovery } from '../api.ts';
import { begunBeforeLoad, forgetBegun, goNext, noteBegun } from '../memory.ts';
import { Steps } from '../shared/Steps.tsx';
import { usePortal } from '../words.ts';
import { AskIdentity } from './AskIdentity.tsx';
import { ChooseChannel } from './ChooseChannel.tsx';
import { EnterCode } from './EnterCode.tsx';
import { NotLocked, Refusal, Sent } from './endings.tsx';

/** What every step of a way back in is given. */
export type StepProps = {
  path: RecoveryPath;
  step: RecoveryStep;
  /** Shows what the server answered. */
  show: (step: RecoveryStep) => void;
  /** Back to who the member is; what was typed is still there. */
  back: () => void;
};

/** One way back in: the server says which step comes, this only shows it. What was typed once is not asked twice. */
export const Recovery = ({ path }: { path: RecoveryPath }) => {
  const { paths } = usePortal().description;
  const [steps, setSteps] = useState<RecoveryStep[]>([]);
  const asked = paths.find((one) => one.path === path) ?? paths[0];
  const isAsking = useGoingOn(path, setSteps);
  if (!asked || isAsking) return null;

  const step = steps.at(-1);
  const show = (next: RecoveryStep): void => {
    if (next.step === 'choose-password') {
      forgetBegun();
      goNext('change-password', next.message);
      return;
    }
    noteBegun(path);
    setSteps([...steps, next]);
  };
  if (!step) return <AskIdentity asked={asked} show={show} progress={<Steps at={0} />} />;
  const given = { path, step, show, back: () => setSteps(steps.slice(0, -1)) };
  // A step of its own in the tree: each has its heading, its focus and its empty fields.
  const key = `${steps.length} ${step.step}`;
  switch (step.step) {
    case 'choose-channel':
      return <ChooseChannel key={key} {...given} />;
    case 'enter-code':
      return <EnterCode key={key} {...given} />;
    case 'sent':
      return <Sent key={key} {...given} />;
    case 'not-locked':
      return <NotLocked key={key} {...given} />;
    default:
      return <Refusal key={key} {...given} />;
  }
};

let hasGoneOn = false;

/** Once after a load: goes on where this tab's way back in stood. True while the server is asked. */
const useGoingOn = (path: RecoveryPath, setSteps: (steps: RecoveryStep[]) => void): boolean => {
  const [isAsking, setAsking] = useState(begunBeforeLoad === path && !hasGoneOn);
  useEffect(() => {
    if (!isAsking) return;
    hasGoneOn = true;
    openRecovery()
      .then((found) => {
        if (found?.path === path) setSteps([found.step]);
        else forgetBegun();
      })
      // It is asked for from the start then, as without it.
      .catch(forgetBegun)
      .finally(() => setAsking(false));
  }, [isAsking, path, setSteps]);
  return isAsking;
};
