import { Box } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useDataProvider, useNotify, useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import type { BulkRequest } from '../../../server/supervision/bulk.schema.ts';
import { unseenKey } from '../alerts/useUnseen.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { getJson } from '../request.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { errorBesideProof, isProved, ProofField } from '../shared/ProofField.tsx';
import { useAct } from '../shared/useAct.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { BulkFacts } from './BulkFacts.tsx';
import { bulkKey } from './useBulk.ts';

type Props = { act: 'approve' | 'refuse'; request: BulkRequest; onClose: () => void };

/** The second person's word; to approve, they prove again who they are. */
export const DecideBulk = ({ act, request, onClose }: Props) => {
  const translate = useTranslate();
  const format = useNumbers();
  const notify = useNotify();
  const client = useQueryClient();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [proof, setProof] = useState<OwnProof>({});
  const { id, kind, version, targets } = request;
  const isApproval = act === 'approve';
  // Hours may have passed since it was asked for: what it would end is counted again.
  const isCountedAgain = isApproval && kind === 'kill-secrets';
  const fresh = useQuery({
    queryKey: [...bulkKey, 'one', id],
    queryFn: ({ signal }) => getJson<BulkRequest>(`/bulk-requests/${encodeURIComponent(id)}`, { signal }),
    enabled: isCountedAgain,
    gcTime: 0,
  });
  const reload = () => void client.invalidateQueries({ queryKey: bulkKey });
  // Its alert ends with it.
  const forgetAlert = () => void client.invalidateQueries({ queryKey: unseenKey });
  const decide = useAct(
    (input: { version: number } & OwnProof, key) =>
      dataProvider.act<BulkRequest>('bulk-requests', id, act, input, key),
    () => {
      reload();
      forgetAlert();
      onClose();
      notify(`incidents.bulk.${act}.done`);
    },
  );
  const what = isApproval ? `incidents.bulk.approve.what-${kind}` : 'incidents.bulk.refuse.what';
  return (
    <ActionDialog
      title={translate(`incidents.bulk.${act}.title`)}
      confirm={translate(`incidents.bulk.${act}.confirm`)}
      canConfirm={(!isCountedAgain || fresh.data !== undefined) && (!isApproval || isProved(proof))}
      isPending={decide.isPending}
      error={errorBesideProof(decide.error)}
      onClose={onClose}
      onReload={() => {
        reload();
        onClose();
      }}
      reload={translate('incidents.bulk.reload')}
      onConfirm={() => decide.mutate({ version, ...(isApproval && proof) })}
    >
      <WhatHappens>
        {translate(what, {
          smart_count: targets,
          count: format(targets),
        })}
      </WhatHappens>
      {isApproval && (
        <Box sx={{ mb: 1.5 }}>
          <ErrorText error={fresh.error} />
          <BulkFacts request={fresh.data ?? request} />
        </Box>
      )}
      {isApproval && <ProofField autoFocus proof={proof} error={decide.error} onChange={setProof} />}
    </ActionDialog>
  );
};
