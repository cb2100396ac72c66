import { Box } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import type { Lot, ReleaseLot } from '../../../server/letters/lots.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { errorBesideProof, isProved, ProofField } from '../shared/ProofField.tsx';
import { useAct } from '../shared/useAct.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import type { LotDialogProps } from './lotDialog.ts';

/** Lets a lot be printed: the releaser's own password is asked again, whoever sits at the open session. */
export const ReleaseDialog = ({ lot, onDone, ...dialog }: LotDialogProps) => {
  const translate = useTranslate();
  const format = useNumbers();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [proof, setProof] = useState<OwnProof>({});
  const release = useAct(
    (input: ReleaseLot, key) => dataProvider.act<Lot>('lots', lot.id, 'release', input, key),
    onDone,
  );
  return (
    <ActionDialog
      {...dialog}
      title={translate('lots.release.title', { number: lot.number })}
      confirm={translate('lots.release.confirm')}
      canConfirm={isProved(proof)}
      isPending={release.isPending}
      error={errorBesideProof(release.error)}
      onConfirm={() => release.mutate({ version: lot.version, ...proof })}
    >
      <WhatHappens>
        {translate('lots.release.what', { smart_count: lot.letters, count: format(lot.letters) })}
      </WhatHappens>
      <Box sx={{ mb: 1.5 }}>{translate('lots.release.passwordWhy')}</Box>
      <ProofField
        autoFocus
        label={translate('lots.release.password')}
        proof={proof}
        error={release.error}
        onChange={setProof}
      />
    </ActionDialog>
  );
};
