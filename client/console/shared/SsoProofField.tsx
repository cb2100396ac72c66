import HowToReg from '@mui/icons-material/HowToRegOutlined';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { HttpError, useTranslate } from 'react-admin';
import { proveBySso } from '../authProvider.ts';
import { ErrorText } from './ErrorText.tsx';

type Props = {
  /** What the organisation calls its single sign-on. */
  label: string;
  isGiven: boolean;
  onGiven: (proof: string) => void;
  error: string | undefined;
};

/** The identity provider asks in a window of its own who they are; its word is good for one act. */
export const SsoProofField = ({ label, isGiven, onGiven, error }: Props) => {
  const translate = useTranslate();
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const ask = async () => {
    setAsking(true);
    setProblem(undefined);
    try {
      onGiven(await proveBySso());
    } catch (failed) {
      setProblem(failed);
    }
    setAsking(false);
  };
  // A word that an act was refused for is used up.
  const isGood = isGiven && error === undefined;
  return (
    <Box>
      <Box role="status" sx={{ mb: 1 }}>
        {translate(`ownAccount.sso.${isGood ? 'given' : isAsking ? 'asking' : 'ask'}`)}
      </Box>
      <Button
        type="button"
        fullWidth
        variant="outlined"
        size="large"
        startIcon={<HowToReg />}
        disabled={isGood}
        onClick={() => void ask()}
      >
        {label}
      </Button>
      <ErrorText error={problem ?? (error === undefined ? null : new HttpError(error, 400))} />
    </Box>
  );
};
