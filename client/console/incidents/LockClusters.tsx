import LockOpen from '@mui/icons-material/LockOpenOutlined';
import WarningAmber from '@mui/icons-material/WarningAmber';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { AskUnblock } from '../../../server/supervision/bulk.schema.ts';
import type { LockCluster } from '../../../server/supervision/mass-locks.schema.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { Banner } from '../shared/Banner.tsx';
import { NoteField, type Written } from '../shared/NoteField.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { useMay } from '../shared/useMe.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { useAskBulk, whyFrom } from './useBulk.ts';

type Props = { cluster: LockCluster; organisationId: string };

/** What stands out, each with the proposal to unblock those, and only those. */
export const LockClusters = ({
  clusters,
  organisationId,
}: {
  clusters: LockCluster[];
  organisationId: string;
}) => (
  <>
    {clusters.map((cluster) => (
      <One
        key={`${cluster.via} ${cluster.secret} ${cluster.from}`}
        cluster={cluster}
        organisationId={organisationId}
      />
    ))}
  </>
);

const One = ({ cluster, organisationId }: Props) => {
  const translate = useTranslate();
  const format = useNumbers();
  const [isOpen, setOpen] = useState(false);
  const mayAsk = useMay('bulk.ask');
  const { locks, still, viaName, secret, block, from, to } = cluster;
  return (
    <Banner
      tone="danger"
      icon={<WarningAmber aria-hidden />}
      title={translate('incidents.locks.cluster', { smart_count: locks, count: format(locks), via: viaName })}
    >
      <Box sx={{ mb: 1 }}>
        <ShortMoment at={from} /> – <ShortMoment at={to} /> · {translate(`incidents.locks.secrets.${secret}`)}{' '}
        · {translate(block ? 'incidents.locks.oneBlock' : 'incidents.locks.manyBlocks', { block })} ·{' '}
        {translate('incidents.locks.stillLocked', { smart_count: still, count: format(still) })}
      </Box>
      {block && <Box sx={{ mb: 1 }}>{translate('incidents.locks.guessing')}</Box>}
      {mayAsk && still > 0 && (
        <Button size="small" variant="outlined" startIcon={<LockOpen />} onClick={() => setOpen(true)}>
          {translate('incidents.unblock.button')}
        </Button>
      )}
      {isOpen && (
        <UnblockDialog cluster={cluster} organisationId={organisationId} onClose={() => setOpen(false)} />
      )}
    </Banner>
  );
};

const UnblockDialog = ({ cluster, organisationId, onClose }: Props & { onClose: () => void }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const [written, setWritten] = useState<Written>({ text: '', confirmed: false });
  const { via, secret, block, from, to, still } = cluster;
  const ask = useAskBulk<AskUnblock>('/mass-locks/unblock-requests', onClose);
  return (
    <ActionDialog
      title={translate('incidents.unblock.title')}
      confirm={translate('incidents.unblock.confirm')}
      canConfirm={written.text.trim() !== ''}
      isPending={ask.isPending}
      error={ask.error}
      onClose={onClose}
      onConfirm={() =>
        ask.mutate({ organisationId, via, secret, from, to, ...(block && { block }), ...whyFrom(written) })
      }
    >
      <WhatHappens>
        {translate('incidents.unblock.what', { smart_count: still, count: format(still) })}
      </WhatHappens>
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
