import FileDownload from '@mui/icons-material/FileDownloadOutlined';
import { Button } from '@mui/material';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import type { ChangeFile } from '../../../server/members/change-files.schema.ts';
import { fetchFile } from '../requestFile.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { formatDay } from '../shared/dates.ts';
import { errorBesideProof, isProved, ProofField } from '../shared/ProofField.tsx';
import { saveFile } from '../shared/saveFile.ts';
import { useAct } from '../shared/useAct.ts';
import { useOrganisationName } from '../shared/useMe.ts';

/** Hands the file to the browser, once it is known again who sits there; nothing of it stays in the page. */
export const DownloadButton = ({ file }: { file: ChangeFile }) => {
  const translate = useTranslate();
  const said = useSaid(file);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        startIcon={<FileDownload />}
        onClick={() => setOpen(true)}
        aria-label={translate('changeFiles.downloadOf', said)}
      >
        {translate('changeFiles.download')}
      </Button>
      {isOpen && <DownloadDialog file={file} onClose={() => setOpen(false)} />}
    </>
  );
};

const DownloadDialog = ({ file, onClose }: { file: ChangeFile; onClose: () => void }) => {
  const translate = useTranslate();
  const said = useSaid(file);
  const [proof, setProof] = useState<OwnProof>({});
  const take = useAct(
    (given: OwnProof) => fetchFile(`/change-files/${encodeURIComponent(file.id)}/csv`, given),
    (csv) => {
      saveFile(csv, `${file.organisationId}-${file.day}.csv`);
      onClose();
    },
  );
  return (
    <ActionDialog
      title={translate('changeFiles.downloadOf', said)}
      confirm={translate('changeFiles.download')}
      canConfirm={isProved(proof)}
      isPending={take.isPending}
      error={errorBesideProof(take.error)}
      onConfirm={() => take.mutate(proof)}
      onClose={onClose}
    >
      <WhatHappens>{translate('changeFiles.what')}</WhatHappens>
      <ProofField autoFocus proof={proof} error={take.error} onChange={setProof} />
    </ActionDialog>
  );
};

/** Whose file it is and of which day, in words. */
const useSaid = ({ organisationId, day }: ChangeFile): { organisation: string; day: string } => {
  const nameOf = useOrganisationName();
  return { organisation: nameOf(organisationId), day: formatDay(day, useLocale() ?? 'fr') };
};
