import { Box, Button, MenuItem, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { CallerVerification } from '../../../server/verifications/verifications.schema.ts';
import { useCall } from '../shared/useCall.ts';
import type { Stepping } from './useVerify.ts';
import { Proved, Way } from './Way.tsx';

type Document = CallerVerification['document'];
type Props = Stepping & { document: Document };

/** An identity document, where the call's channel lets one be seen; only where it is kept is written down. */
export const DocumentWay = ({ document, step, isPending }: Props) => {
  const translate = useTranslate();
  const isInBranch = useCall()?.channel === 'branch';
  const [kind, setKind] = useState<Document['kinds'][number]['id'] | ''>('');
  const [reference, setReference] = useState('');
  if (document.state === 'done') return <Proved>{translate('verify.document.done')}</Proved>;
  if (document.state === 'sent') return <Box>{translate('verify.document.waiting')}</Box>;
  if (document.state !== 'open') return null;

  const isWhole = kind !== '' && reference.trim() !== '';
  return (
    <Box
      component="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (kind !== '' && isWhole && !isPending) step({ method: 'document', kind, reference });
      }}
    >
      {document.why && <Box sx={{ mb: 0.5, color: 'var(--danger-ink)' }}>{document.why}</Box>}
      <Way lead={translate('verify.document.lead')}>
        <TextField
          select
          margin="none"
          label={translate('verify.document.kind')}
          value={kind}
          disabled={isPending}
          onChange={(event) => setKind(event.target.value as typeof kind)}
          sx={{ width: 160 }}
        >
          {document.kinds.map(({ id, label }) => (
            <MenuItem key={id} value={id}>
              {label}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          margin="none"
          label={translate('verify.document.reference')}
          value={reference}
          onChange={(event) => setReference(event.target.value)}
          sx={{ width: 180 }}
          slotProps={{ htmlInput: { autoComplete: 'off', maxLength: 40, readOnly: isPending } }}
        />
        <Button type="submit" size="small" variant="outlined" disabled={isPending || !isWhole}>
          {translate(`verify.document.keep.${isInBranch ? 'seen' : 'received'}`)}
        </Button>
      </Way>
      <Box sx={{ mt: 0.25, fontSize: 13, color: 'var(--ink-soft)' }}>
        {translate('verify.document.referenceHelp')}
      </Box>
    </Box>
  );
};
