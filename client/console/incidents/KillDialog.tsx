import { Checkbox, FormControlLabel } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { AskKill } from '../../../server/supervision/bulk.schema.ts';
import type { Criteria, Incident } from '../../../server/supervision/incidents.schema.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { NoteField, type Written } from '../shared/NoteField.tsx';
import { useNumbers } from '../shared/useNumbers.ts';
import { useAskBulk, whyFrom } from './useBulk.ts';

type Props = { incident: Incident; criteria: Criteria; people: number; onClose: () => void };

/** Asks that what opens these accounts dies; nothing happens before somebody else approves. */
export const KillDialog = ({ incident, criteria, people, onClose }: Props) => {
  const translate = useTranslate();
  const format = useNumbers();
  const [withLetters, setWithLetters] = useState(false);
  const [written, setWritten] = useState<Written>({ text: '', confirmed: false });
  const ask = useAskBulk<AskKill>(`/incidents/${encodeURIComponent(incident.id)}/kill-requests`, onClose);
  return (
    <ActionDialog
      title={translate('incidents.kill.title')}
      confirm={translate('incidents.kill.confirm')}
      canConfirm={written.text.trim() !== ''}
      isPending={ask.isPending}
      error={ask.error}
      onClose={onClose}
      onConfirm={() => ask.mutate({ ...criteria, withLetters, ...whyFrom(written) })}
    >
      <WhatHappens>
        {translate('incidents.kill.what', { smart_count: people, count: format(people) })}
      </WhatHappens>
      <FormControlLabel
        label={translate('incidents.kill.letters')}
        control={<Checkbox checked={withLetters} onChange={(_event, isOn) => setWithLetters(isOn)} />}
      />
      <NoteField
        label={translate('incidents.bulk.why')}
        warning="incidents.bulk.whyWarning"
        written={written}
        onChange={setWritten}
        error={ask.error}
        disabled={ask.isPending}
      />
    </ActionDialog>
  );
};
