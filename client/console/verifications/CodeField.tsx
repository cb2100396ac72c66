import { Box, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { CallerVerification } from '../../../server/verifications/verifications.schema.ts';
import { MaskedField } from '../shared/MaskedField.tsx';
import type { Stepping } from './useVerify.ts';
import { Way } from './Way.tsx';

type Props = Stepping & { code: CallerVerification['codes'][number]; hasFocus: boolean };

/** One field for what the caller reads out; sent by itself as soon as it is whole. */
export const CodeField = ({ code, hasFocus, step, isPending }: Props) => {
  const translate = useTranslate();
  const [typed, setTyped] = useState('');
  const { channel, masked, digits, triesLeft } = code;
  const send = (whole: string) => {
    if (isPending || whole === '') return;
    step({ method: 'code', code: whole });
    setTyped('');
  };
  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        send(typed);
      }}
    >
      <Way>
        <TextField
          autoFocus={hasFocus}
          margin="none"
          label={translate('verify.code.field')}
          value={typed}
          onChange={(event) => {
            const figures = event.target.value.replace(/\D/g, '').slice(0, digits);
            setTyped(figures);
            if (figures.length === digits) send(figures);
          }}
          sx={{ width: 220 }}
          slotProps={{
            htmlInput: {
              inputMode: 'numeric',
              autoComplete: 'off',
              // A field that is disabled meanwhile would lose the focus.
              readOnly: isPending,
              style: { fontSize: 17, letterSpacing: '0.15em' },
            },
          }}
        />
        <Box sx={{ fontSize: 13 }}>
          <b>{translate('verify.code.tries', { smart_count: triesLeft })}</b>
          <Box sx={{ color: 'var(--ink-soft)' }}>
            {translate(`messageChannel.${channel}`)} {translate('verify.code.to', { masked: '' })}
            <MaskedField text={masked} />
          </Box>
        </Box>
      </Way>
    </Box>
  );
};
