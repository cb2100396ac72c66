import { useState } from 'react';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import type { SecondFactor } from '../../../server/agents/factors.schema.ts';
import { secondFactorOf } from '../secondFactor.ts';
import { errorBesideProof, isProved } from '../shared/ProofField.tsx';

/** A sign-in that may need a second step: what is wanted, what was given, what came of it. */
export const useSecondStep = (signIn: (proof: OwnProof) => Promise<unknown>, onRefused: () => void) => {
  const [wanted, setWanted] = useState<SecondFactor | null>(null);
  const [proof, setProof] = useState<OwnProof>({});
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();

  const submit = async (given: OwnProof = proof, how = () => signIn(given)): Promise<void> => {
    setPending(true);
    setError(undefined);
    try {
      await how();
    } catch (problem) {
      const next = secondFactorOf(problem);
      setWanted(next);
      setProof({});
      // That it is wanted is no error; that it was wrong is.
      setError(next && !isProved(given) ? undefined : problem);
      if (!next) onRefused();
      setPending(false);
    }
  };
  const back = () => {
    setWanted(null);
    setProof({});
    setError(undefined);
    onRefused();
  };
  const shown = wanted ? errorBesideProof(error) : error;
  return { wanted, proof, setProof, isPending, error, shown, setError, submit, back };
};
