import { Box, Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import type { SecondFactor } from '../../../server/agents/factors.schema.ts';
import { fieldErrorOf } from '../shared/ErrorText.tsx';
import { FactorField } from '../shared/FactorField.tsx';

type Props = {
  wanted: SecondFactor;
  proof: OwnProof;
  onChange: (proof: OwnProof) => void;
  /** The key has answered: there is nothing else to type. */
  onKey: (proof: OwnProof) => void;
  error: unknown;
};

/** What is asked after a right password. */
export const SecondStep = ({ wanted, error, ...field }: Props) => {
  const translate = useTranslate();
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Box>{translate('ownAccount.step.text')}</Box>
      <FactorField
        autoFocus
        kinds={wanted.kinds}
        challenge={async () => wanted.options ?? {}}
        error={fieldErrorOf(error, 'code')}
        {...field}
      />
    </Box>
  );
};

/** Back to name and password. */
export const OtherWay = ({ onClick }: { onClick: () => void }) => {
  const translate = useTranslate();
  return (
    <Button type="button" size="small" onClick={onClick}>
      {translate('ownAccount.step.back')}
    </Button>
  );
};
