import { Box } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useTranslate } from 'react-admin';
import type { Lot, ReleaseLot } from '../../../server/letters/lots.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { fieldErrorOf } from '../shared/ErrorText.tsx';
import { PasswordField } from '../shared/PasswordField.tsx';
import { useAct } from '../shared/useAct.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import type { LotDialogProps } from './lotDialog.ts';

/** Lets a lot be printed: the releaser's own password is asked again, whoever sits at the open session. */
export const ReleaseDialog = ({ lot, onDone, ...dialog }: LotDialogProps) => {
  const translate = useTranslate();
  const format = useNumbers();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [password, setPassword] = useState('');
  const release = useAct(
    (input: ReleaseLot, key) => dataProvider.act<Lot>('lots', lot.id, 'release', input, key),
    onDone,
  );
  const wrong = fieldErrorOf(release.error, 'password');
  return (
    <ActionDialog
      {...dialog}
      title={translate('lots.release.title', { number: lot.number })}
      confirm={translate('lots.release.confirm')}
      canConfirm={password !== ''}
      isPending={release.isPending}
      error={wrong === undefined ? release.error : null}
      onConfirm={() => release.mutate({ version: lot.version, password })}
    >
      <WhatHappens>
        {translate('lots.release.what', { smart_count: lot.letters, count: format(lot.letters) })}
      </WhatHappens>
      <Box sx={{ mb: 1.5 }}>{translate('lots.release.passwordWhy')}</Box>
      <PasswordField
        autoFocus
        label={translate('lots.release.password')}
        value={password}
        error={wrong}
        onChange={setPassword}
      />
    </ActionDialog>
  );
};
