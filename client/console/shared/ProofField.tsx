import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import { newChallenge } from '../secondFactor.ts';
import { fieldErrorOf } from './ErrorText.tsx';
import { FactorField } from './FactorField.tsx';
import { PasswordField } from './PasswordField.tsx';
import { useMe } from './useMe.ts';

type Props = {
  proof: OwnProof;
  onChange: (proof: OwnProof) => void;
  /** What the act answered: said here when it concerns the proof. */
  error: unknown;
  /** Of the password, where it is what is asked. */
  label?: string;
  autoFocus?: boolean;
};

/** Whether enough was given to try. */
export const isProved = ({ password, code, assertion }: OwnProof): boolean =>
  Boolean(password) || Boolean(code?.trim()) || assertion !== undefined;

/** What is left of an act's error once the field has said what concerns it. */
export const errorBesideProof = (error: unknown): unknown =>
  fieldErrorOf(error, 'password') === undefined && fieldErrorOf(error, 'code') === undefined ? error : null;

/** Who sits at the open session, asked again: their second factor, or their password when they have none. */
export const ProofField = ({ proof, onChange, error, label, autoFocus }: Props) => {
  const factors = useMe()?.factors ?? [];
  if (factors.length > 0)
    return (
      <FactorField
        kinds={factors}
        challenge={newChallenge}
        proof={proof}
        onChange={onChange}
        error={fieldErrorOf(error, 'code')}
        autoFocus={autoFocus}
      />
    );
  return (
    <PasswordField
      label={label}
      autoFocus={autoFocus}
      value={proof.password ?? ''}
      error={fieldErrorOf(error, 'password')}
      onChange={(password) => onChange({ password })}
    />
  );
};
