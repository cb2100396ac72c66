import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import { newChallenge } from '../secondFactor.ts';
import { fieldErrorOf } from './ErrorText.tsx';
import { FactorField } from './FactorField.tsx';
import { PasswordField } from './PasswordField.tsx';
import { SsoProofField } from './SsoProofField.tsx';
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
export const isProved = ({ password, code, assertion, sso }: OwnProof): boolean =>
  Boolean(password) || Boolean(code?.trim()) || assertion !== undefined || sso !== undefined;

/** What is left of an act's error once the field has said what concerns it. */
export const errorBesideProof = (error: unknown): unknown =>
  ['password', 'code', 'sso'].every((field) => fieldErrorOf(error, field) === undefined) ? error : null;

/**
 * Who sits at the open session, asked again: their second factor; their password when they have none; the identity
 * provider's new word when they have no password either.
 */
export const ProofField = ({ proof, onChange, error, label, autoFocus }: Props) => {
  const me = useMe();
  const factors = me?.factors ?? [];
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
  if (me?.sso && !me.hasPassword)
    return (
      <SsoProofField
        label={me.sso}
        isGiven={proof.sso !== undefined}
        onGiven={(sso) => onChange({ sso })}
        error={fieldErrorOf(error, 'sso')}
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
