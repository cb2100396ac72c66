import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import type { Criteria } from '../../../server/supervision/incidents.schema.ts';
import { fetchFile } from '../requestFile.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { errorBesideProof, isProved, ProofField } from '../shared/ProofField.tsx';
import { useAct } from '../shared/useAct.ts';

/** The list of names leaves the console: who asks proves again who they are. */
export const ExportDialog = ({
  path,
  criteria,
  onClose,
}: {
  path: string;
  criteria: Criteria;
  onClose: () => void;
}) => {
  const translate = useTranslate();
  const [proof, setProof] = useState<OwnProof>({});
  const get = useAct(
    (input: Criteria & OwnProof) => fetchFile(path, input),
    (file) => {
      const url = URL.createObjectURL(file);
      const link = document.createElement('a');
      link.href = url;
      link.download = `${translate('incidents.export.file')}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      onClose();
    },
  );
  return (
    <ActionDialog
      title={translate('incidents.export.title')}
      confirm={translate('incidents.export.confirm')}
      canConfirm={isProved(proof)}
      isPending={get.isPending}
      error={errorBesideProof(get.error)}
      onClose={onClose}
      onConfirm={() => get.mutate({ ...criteria, ...proof })}
    >
      <WhatHappens>{translate('incidents.export.what')}</WhatHappens>
      <ProofField autoFocus proof={proof} error={get.error} onChange={setProof} />
    </ActionDialog>
  );
};
