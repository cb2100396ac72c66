import HowToReg from '@mui/icons-material/HowToRegOutlined';
import { Box, Button } from '@mui/material';
import { useId, useState } from 'react';
import { useDataProvider, useNotify, useRefresh, useTranslate } from 'react-admin';
import type { Destruction } from '../../../server/letters/destructions.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { useAct } from '../shared/useAct.ts';
import { usePaper } from './usePaper.ts';

/** The second name under a destruction; never of whoever declared it, who reads why. */
export const WitnessButton = ({ one }: { one: Destruction }) => {
  const translate = useTranslate();
  const whyId = useId();
  const [isOpen, setOpen] = useState(false);
  const { allowed, why } = one.can.witness;
  return (
    <Box sx={{ maxWidth: 260 }}>
      <Button
        size="small"
        variant="outlined"
        startIcon={<HowToReg />}
        disabled={!allowed}
        aria-describedby={allowed ? undefined : whyId}
        onClick={() => setOpen(true)}
      >
        {translate('destructions.witness.button')}
      </Button>
      {!allowed && (
        <Box id={whyId} sx={{ mt: 0.25, fontSize: 13, color: 'var(--ink-soft)' }}>
          {why}
        </Box>
      )}
      {isOpen && <WitnessDialog one={one} onClose={() => setOpen(false)} />}
    </Box>
  );
};

const WitnessDialog = ({ one, onClose }: { one: Destruction; onClose: () => void }) => {
  const translate = useTranslate();
  const paper = usePaper()(one);
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const refresh = useRefresh();
  const notify = useNotify();
  const witness = useAct(
    (input: { version: number }, key) =>
      dataProvider.act<Destruction>('destructions', one.id, 'witness', input, key),
    () => {
      onClose();
      notify('destructions.witness.done');
      refresh();
    },
  );
  const reload = () => {
    onClose();
    refresh();
  };
  return (
    <ActionDialog
      title={translate('destructions.witness.title')}
      confirm={translate('destructions.witness.confirm')}
      canConfirm
      isPending={witness.isPending}
      error={witness.error}
      onClose={onClose}
      onReload={reload}
      reload={translate('destructions.reload')}
      onConfirm={() => witness.mutate({ version: one.version })}
    >
      <Box sx={{ mb: 1.5, fontWeight: 700 }}>{paper.join(' · ')}</Box>
      <WhatHappens>
        {translate('destructions.witness.what', { smart_count: one.sheets, name: one.declaredByName })}
      </WhatHappens>
    </ActionDialog>
  );
};
