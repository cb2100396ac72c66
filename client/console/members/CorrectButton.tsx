import EditOutlined from '@mui/icons-material/EditOutlined';
import { Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { useMay } from '../shared/useMe.ts';
import { CorrectionDialog } from './CorrectionDialog.tsx';
import type { Done } from './OutcomePanel.tsx';

type Props = { member: MemberPage; onDone: (done: Done) => void; onReload: () => void };

/** « Corriger »: opens even where it cannot be done, to say why not and what comes first. */
export const CorrectButton = ({ member, onDone, onReload }: Props) => {
  const translate = useTranslate();
  const mayCorrect = useMay('member.correct');
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  if (!mayCorrect) return null;
  return (
    <>
      <Button size="small" startIcon={<EditOutlined />} onClick={() => setOpen(true)}>
        {translate('corrections.button')}
      </Button>
      {isOpen && (
        <CorrectionDialog
          member={member}
          onClose={close}
          onDone={(done) => {
            close();
            onDone(done);
          }}
          onReload={() => {
            close();
            onReload();
          }}
        />
      )}
    </>
  );
};
