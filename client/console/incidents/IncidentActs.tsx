import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import type { ChangeIncident, Incident } from '../../../server/supervision/incidents.schema.ts';
import { sendJson } from '../request.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { ErrorText, fieldErrorOf } from '../shared/ErrorText.tsx';
import { useAct } from '../shared/useAct.ts';
import { fromParisField, toParisField } from '../shared/parisClock.ts';
import { MomentField } from './MomentField.tsx';
import { BannerField } from './OpenIncidentDialog.tsx';

type Props = { incident: Incident; onChanged: (incident: Incident) => void };

export const useChange = ({ incident, onChanged }: Props, done?: () => void) =>
  useAct(
    (input: Omit<ChangeIncident, 'version'>, key) =>
      sendJson<Incident>(
        'PATCH',
        `/incidents/${encodeURIComponent(incident.id)}`,
        { ...input, version: incident.version },
        key,
      ),
    (changed) => {
      onChanged(changed);
      done?.();
    },
  );

/** The banner, the word that the authority was told, and the end of it. */
export const IncidentActs = ({ incident, onChanged }: Props) => {
  const translate = useTranslate();
  const [dialog, setDialog] = useState<'banner' | 'tell' | 'close' | null>(null);
  const change = useChange({ incident, onChanged });
  const { allowed, why } = incident.can.manage;
  if (!allowed) return <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{why}</Box>;
  const close = () => setDialog(null);
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Button size="small" variant="outlined" onClick={() => setDialog('banner')}>
          {translate(incident.bannerText ? 'incidents.banner.change' : 'incidents.banner.show')}
        </Button>
        {incident.bannerText && (
          <Button
            size="small"
            variant="outlined"
            disabled={change.isPending}
            onClick={() => change.mutate({ bannerText: null })}
          >
            {translate('incidents.banner.hide')}
          </Button>
        )}
        <Button size="small" variant="outlined" onClick={() => setDialog('tell')}>
          {translate(incident.notifiedAt ? 'incidents.clock.correct' : 'incidents.clock.tell')}
        </Button>
        <Button size="small" variant="outlined" onClick={() => setDialog('close')}>
          {translate('incidents.close.button')}
        </Button>
      </Box>
      <ErrorText error={change.error} />
      {dialog === 'banner' && <BannerDialog {...{ incident, onChanged }} onClose={close} />}
      {dialog === 'tell' && <TellDialog {...{ incident, onChanged }} onClose={close} />}
      {dialog === 'close' && <CloseDialog {...{ incident, onChanged }} onClose={close} />}
    </>
  );
};

const BannerDialog = ({ incident, onChanged, onClose }: Props & { onClose: () => void }) => {
  const translate = useTranslate();
  const [text, setText] = useState(incident.bannerText ?? '');
  const change = useChange({ incident, onChanged }, onClose);
  return (
    <ActionDialog
      title={translate('incidents.banner.title')}
      confirm={translate('incidents.banner.confirm')}
      canConfirm={text.trim() !== ''}
      isPending={change.isPending}
      error={change.error}
      onClose={onClose}
      onConfirm={() => change.mutate({ bannerText: text.trim() })}
    >
      <WhatHappens>{translate('incidents.banner.what')}</WhatHappens>
      <BannerField value={text} error={fieldErrorOf(change.error, 'bannerText')} onChange={setText} />
    </ActionDialog>
  );
};

/** When the authority was told, by Paris clocks: often some time before it is noted here. Empty where it was not. */
const TellDialog = ({ incident, onChanged, onClose }: Props & { onClose: () => void }) => {
  const translate = useTranslate();
  const { notifiedAt } = incident;
  const [moment, setMoment] = useState(toParisField(notifiedAt ? new Date(notifiedAt) : new Date()));
  const change = useChange({ incident, onChanged }, onClose);
  const at = fromParisField(moment);
  return (
    <ActionDialog
      title={translate('incidents.clock.title')}
      confirm={translate('incidents.clock.confirm')}
      canConfirm={at !== undefined || (moment === '' && notifiedAt !== null)}
      isPending={change.isPending}
      error={change.error}
      onClose={onClose}
      onConfirm={() => change.mutate({ notifiedAt: at?.toISOString() ?? null })}
    >
      <WhatHappens>{translate('incidents.clock.what')}</WhatHappens>
      <MomentField
        label={translate('incidents.clock.when')}
        value={moment}
        error={fieldErrorOf(change.error, 'notifiedAt')}
        onChange={setMoment}
      />
    </ActionDialog>
  );
};

const CloseDialog = ({ incident, onChanged, onClose }: Props & { onClose: () => void }) => {
  const translate = useTranslate();
  const notify = useNotify();
  const act = useAct(
    (input: { version: number }, key) =>
      sendJson<Incident>('POST', `/incidents/${encodeURIComponent(incident.id)}/close`, input, key),
    (closed) => {
      onChanged(closed);
      onClose();
      notify('incidents.close.done');
    },
  );
  return (
    <ActionDialog
      title={translate('incidents.close.title')}
      confirm={translate('incidents.close.confirm')}
      canConfirm
      isPending={act.isPending}
      error={act.error}
      onClose={onClose}
      onConfirm={() => act.mutate({ version: incident.version })}
    >
      <WhatHappens>{translate('incidents.close.what')}</WhatHappens>
    </ActionDialog>
  );
};
