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
import { OrganisationName } from '../shared/OrganisationField.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { useMay, useOrganisations } from '../shared/useMe.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { useAskBulk, whyFrom } from './useBulk.ts';

type Props = { cluster: LockCluster };

/** What stands out, each with the proposal to unblock those, and only those. */
export const LockClusters = ({ clusters }: { clusters: LockCluster[] }) => (
  <>
    {clusters.map((cluster) => (
      <One
        key={`${cluster.organisationId} ${cluster.via} ${cluster.secret} ${cluster.from}`}
        cluster={cluster}
      />
    ))}
  </>
);

const One = ({ cluster }: Props) => {
  const translate = useTranslate();
  const format = useNumbers();
  const [isOpen, setOpen] = useState(false);
  const mayAsk = useMay('bulk.ask');
  const isOfSeveral = useOrganisations().length > 1;
  const { organisationId, locks, still, viaName, secret, block, from, to } = cluster;
  return (
    <Banner
      tone={still > 0 ? 'danger' : 'disabled'}
      icon={<WarningAmber aria-hidden />}
      title={translate('incidents.locks.cluster', { smart_count: locks, count: format(locks), via: viaName })}
    >
      <Box sx={{ mb: 1 }}>
        {isOfSeveral && (
          <>
            <OrganisationName id={organisationId} /> ·{' '}
          </>
        )}
        <ShortMoment at={from} /> – <ShortMoment at={to} /> · {translate(`incidents.locks.secrets.${secret}`)}{' '}
        · {translate(block ? 'incidents.locks.oneBlock' : 'incidents.locks.manyBlocks', { block })} ·{' '}
        {translate('incidents.locks.stillLocked', { smart_count: still, count: format(still) })}
      </Box>
      {block && still > 0 && <Box sx={{ mb: 1 }}>{translate('incidents.locks.guessing')}</Box>}
      {mayAsk && still > 0 && (
        <Button size="small" variant="outlined" startIcon={<LockOpen />} onClick={() => setOpen(true)}>
          {translate('incidents.unblock.button')}
        </Button>
      )}
      {isOpen && <UnblockDialog cluster={cluster} onClose={() => setOpen(false)} />}
    </Banner>
  );
};

const UnblockDialog = ({ cluster, onClose }: Props & { onClose: () => void }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const [written, setWritten] = useState<Written>({ text: '', confirmed: false });
  const { organisationId, via, secret, block, from, to, still } = cluster;
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
