import Key from '@mui/icons-material/KeyOutlined';
import { Box, Button, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import { askKey } from '../secondFactor.ts';
import { ErrorText } from './ErrorText.tsx';

type Props = {
  kinds: readonly string[];
  /** What a key may sign now. */
  challenge: () => Promise<Record<string, unknown>>;
  proof: OwnProof;
  onChange: (proof: OwnProof) => void;
  /** Given as soon as the key has answered: nothing else is to be typed. */
  onKey?: (proof: OwnProof) => void;
  error?: string;
  autoFocus?: boolean;
};

/** A second factor: the key that was enrolled, or the code of an app or of the recovery sheet. */
export const FactorField = ({ kinds, challenge, proof, onChange, onKey, error, autoFocus }: Props) => {
  const translate = useTranslate();
  const hasApp = kinds.includes('totp');
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      {kinds.includes('security-key') && (
        <KeyButton
          challenge={challenge}
          isGiven={proof.assertion !== undefined && !error}
          onAnswer={(assertion) => {
            onChange({ assertion });
            onKey?.({ assertion });
          }}
        />
      )}
      <TextField
        fullWidth
        size="medium"
        margin="none"
        autoFocus={autoFocus && hasApp}
        label={translate(hasApp ? 'ownAccount.code' : 'ownAccount.recoveryCode')}
        helperText={error ?? translate(hasApp ? 'ownAccount.codeHelp' : 'ownAccount.recoveryHelp')}
        error={error !== undefined}
        value={proof.code ?? ''}
        autoComplete="one-time-code"
        slotProps={{ htmlInput: { maxLength: 40, spellCheck: false, autoCapitalize: 'characters' } }}
        onChange={(event) => onChange({ code: event.target.value })}
      />
    </Box>
  );
};

type KeyProps = {
  challenge: Props['challenge'];
  isGiven: boolean;
  onAnswer: (assertion: Record<string, unknown>) => void;
};

const KeyButton = ({ challenge, isGiven, onAnswer }: KeyProps) => {
  const translate = useTranslate();
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const ask = async () => {
    setAsking(true);
    setProblem(undefined);
    try {
      onAnswer(await askKey(await challenge()));
    } catch (error) {
      setProblem(error);
    }
    setAsking(false);
  };
  const label = isGiven ? 'keyGiven' : isAsking ? 'keyAsked' : 'useKey';
  return (
    <Box>
      <Button
        type="button"
        fullWidth
        variant="outlined"
        size="large"
        startIcon={<Key />}
        disabled={isAsking}
        onClick={() => void ask()}
      >
        {translate(`ownAccount.${label}`)}
      </Button>
      <ErrorText error={problem} />
    </Box>
  );
};
