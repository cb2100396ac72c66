import FileDownload from '@mui/icons-material/FileDownloadOutlined';
import { Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import { fetchFile } from '../requestFile.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { errorBesideProof, isProved, ProofField } from '../shared/ProofField.tsx';
import { saveFile } from '../shared/saveFile.ts';
import { useAct } from '../shared/useAct.ts';

/** The whole review as a file, for whoever proves who they are. */
export const ExportRights = () => {
  const translate = useTranslate();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="outlined" startIcon={<FileDownload />} onClick={() => setOpen(true)}>
        {translate('rights.export.button')}
      </Button>
      {isOpen && <ExportDialog onClose={() => setOpen(false)} />}
    </>
  );
};

const ExportDialog = ({ onClose }: { onClose: () => void }) => {
  const translate = useTranslate();
  const [proof, setProof] = useState<OwnProof>({});
  const get = useAct(
    (input: OwnProof) => fetchFile('/rights-review/export', input),
    (bytes) => {
      saveFile(bytes, translate('rights.export.file'));
      onClose();
    },
  );
  return (
    <ActionDialog
      title={translate('rights.export.title')}
      confirm={translate('rights.export.confirm')}
      canConfirm={isProved(proof)}
      isPending={get.isPending}
      error={errorBesideProof(get.error)}
      onClose={onClose}
      onConfirm={() => get.mutate(proof)}
    >
      <WhatHappens>{translate('rights.export.what')}</WhatHappens>
      <ProofField
        autoFocus
        label={translate('agents.form.proof')}
        proof={proof}
        onChange={setProof}
        error={get.error}
      />
    </ActionDialog>
  );
};
