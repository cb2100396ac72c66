import { Box, TextField } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useRedirect, useTranslate } from 'react-admin';
import type { Lot, MakeLot, WaitingLetters } from '../../../server/letters/lots.schema.ts';
import { sendJson } from '../request.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { Fact, Facts } from '../shared/Facts.tsx';
import { OrganisationName, useProductName } from '../shared/OrganisationField.tsx';
import { useAct } from '../shared/useAct.ts';
import { useNumbers } from '../shared/useNumbers.ts';

type Props = { waiting: WaitingLetters; onClose: () => void };

/** Sheets in one document at most. */
const mostSheets = 10_000;

/** Makes a lot of what waits, all of it or the most urgent ones, and opens it. */
export const MakeLotDialog = ({ waiting, onClose }: Props) => {
  const translate = useTranslate();
  const redirect = useRedirect();
  const client = useQueryClient();
  const format = useNumbers();
  const productOf = useProductName();
  const [most, setMost] = useState('');
  const make = useAct(
    (input: MakeLot, key) => sendJson<Lot>('POST', '/lots', input, key),
    ({ id }) => {
      void client.invalidateQueries({ queryKey: ['waiting-letters'] });
      redirect(`/lots/${id}/show`);
    },
  );
  const isRight = most === '' || (/^[1-9]\d{0,4}$/.test(most) && Number(most) <= mostSheets);
  return (
    <ActionDialog
      title={translate('lots.make.title')}
      confirm={translate('lots.make.confirm')}
      canConfirm={isRight}
      isPending={make.isPending}
      error={make.error}
      onClose={onClose}
      onConfirm={() =>
        make.mutate({
          organisation: waiting.organisationId,
          product: waiting.product,
          ...(most === '' ? {} : { most: Number(most) }),
        })
      }
    >
      <WhatHappens>{translate('lots.make.what')}</WhatHappens>
      <Facts>
        <Fact name={translate('lots.waiting.organisation')}>
          <OrganisationName id={waiting.organisationId} />
        </Fact>
        <Fact name={translate('lots.waiting.product')}>
          {productOf(waiting.organisationId, waiting.product)}
        </Fact>
        <Fact name={translate('lots.waiting.letters')}>
          <b>{format(waiting.letters)}</b>
        </Fact>
      </Facts>
      <Box sx={{ mt: 2 }}>
        <TextField
          fullWidth
          label={translate('lots.make.most')}
          helperText={translate(isRight ? 'lots.make.mostHelp' : 'lots.make.mostWrong')}
          error={!isRight}
          value={most}
          slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 4 } }}
          onChange={(event) => setMost(event.target.value.trim())}
        />
      </Box>
    </ActionDialog>
  );
};
