import PictureAsPdf from '@mui/icons-material/PictureAsPdfOutlined';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import { fetchFile } from '../requestFile.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { errorBesideProof, isProved, ProofField } from '../shared/ProofField.tsx';
import { saveFile } from '../shared/saveFile.ts';
import { useAct } from '../shared/useAct.ts';

/** The list as a document to give the member; its file's name says nothing of whom it is about. */
export const LetterButton = ({ memberId }: { memberId: string }) => {
  const translate = useTranslate();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="outlined" startIcon={<PictureAsPdf />} onClick={() => setOpen(true)}>
        {translate('audit.consultations.letter.button')}
      </Button>
      {isOpen && <LetterDialog memberId={memberId} onClose={() => setOpen(false)} />}
    </>
  );
};

const LetterDialog = ({ memberId, onClose }: { memberId: string; onClose: () => void }) => {
  const translate = useTranslate();
  const language = useLocale() ?? 'fr';
  const [proof, setProof] = useState<OwnProof>({});
  const path = `/members/${encodeURIComponent(memberId)}/consultations/letter`;
  const take = useAct(
    (given: OwnProof) => fetchFile(path, { language, ...given }),
    (file) => {
      saveFile(file, `${translate('audit.consultations.letter.file')}.pdf`);
      onClose();
    },
  );
  return (
    <ActionDialog
      title={translate('audit.consultations.letter.title')}
      confirm={translate('audit.consultations.letter.confirm')}
      canConfirm={isProved(proof)}
      isPending={take.isPending}
      error={errorBesideProof(take.error)}
      onConfirm={() => take.mutate(proof)}
      onClose={onClose}
    >
      <WhatHappens>{translate('audit.consultations.letter.what')}</WhatHappens>
      <Box sx={{ mb: 1 }}>{translate('audit.consultations.letter.why')}</Box>
      <ProofField autoFocus proof={proof} error={take.error} onChange={setProof} />
    </ActionDialog>
  );
};
