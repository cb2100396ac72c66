import { Box, Button } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useListContext, useNotify, useRefresh, useTranslate } from 'react-admin';
import type { ConfirmManyRights, RightsLine } from '../../../server/agents/rights-review.schema.ts';
import { sendJson } from '../request.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { useAct } from '../shared/useAct.ts';
import { dueKey } from './useDue.ts';

/** Several accounts of this page whose rights are right: each is named before it is confirmed. */
export const ConfirmMany = () => {
  const translate = useTranslate();
  const { data = [], selectedIds, onSelect } = useListContext<RightsLine>();
  const [isOpen, setOpen] = useState(false);
  const lines = data.filter(({ id }) => selectedIds.includes(id));
  // What another page or filter shows is not confirmed from here.
  useEffect(() => {
    if (data.length > 0 && lines.length < selectedIds.length) onSelect(lines.map(({ id }) => id));
  }, [data, lines, selectedIds, onSelect]);
  if (lines.length === 0) return null;
  return (
    <Box sx={{ px: 1.25, py: 1, displayPrint: 'none', backgroundColor: 'var(--raised)' }}>
      <Button size="small" variant="contained" onClick={() => setOpen(true)}>
        {translate('rights.confirmMany.button', { smart_count: lines.length })}
      </Button>
      {isOpen && <ConfirmDialog lines={lines} onClose={() => setOpen(false)} />}
    </Box>
  );
};

const ConfirmDialog = ({ lines, onClose }: { lines: RightsLine[]; onClose: () => void }) => {
  const translate = useTranslate();
  const client = useQueryClient();
  const refresh = useRefresh();
  const notify = useNotify();
  const { onUnselectItems } = useListContext<RightsLine>();
  const readAgain = () => {
    onClose();
    onUnselectItems();
    void client.invalidateQueries({ queryKey: dueKey });
    refresh();
  };
  const confirm = useAct(
    (input: ConfirmManyRights, key) =>
      sendJson<{ confirmed: number }>('POST', '/rights-review/confirm', input, key),
    ({ confirmed }) => {
      notify('rights.confirmMany.done', { messageArgs: { smart_count: confirmed } });
      readAgain();
    },
  );
  return (
    <ActionDialog
      title={translate('rights.confirmMany.title', { smart_count: lines.length })}
      confirm={translate('rights.confirm.confirm')}
      canConfirm={lines.length > 0}
      isPending={confirm.isPending}
      error={confirm.error}
      onClose={onClose}
      onReload={readAgain}
      reload={translate('rights.confirm.reload')}
      onConfirm={() => confirm.mutate({ lines: lines.map(({ id, version }) => ({ id, version })) })}
    >
      <WhatHappens>{translate('rights.confirmMany.what')}</WhatHappens>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {lines.map(({ id, name, roleInWords, site }) => (
          <li key={id}>
            <b>{name}</b> · {[roleInWords, site].filter(Boolean).join(' · ')}
          </li>
        ))}
      </Box>
    </ActionDialog>
  );
};
