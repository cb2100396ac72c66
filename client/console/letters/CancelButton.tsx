import { Button } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useNotify, useRefresh, useTranslate } from 'react-admin';
import type { Letter } from '../../../server/letters/letters.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ReasonDialog } from '../shared/ReasonDialog.tsx';
import { useOrganisations } from '../shared/useMe.ts';

/** Calls a letter back, with a reason, as long as its lot is not released. */
export const CancelButton = ({ letter, onCancelled }: { letter: Letter; onCancelled?: () => void }) => {
  const translate = useTranslate();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const refresh = useRefresh();
  const notify = useNotify();
  const organisations = useOrganisations();
  const [isOpen, setOpen] = useState(false);
  // The test letter leaves with its lot: it is never called back.
  if (letter.isTest || (letter.state !== 'requested' && letter.state !== 'in-lot')) return null;
  const reasons = organisations.find(({ id }) => id === letter.organisationId)?.reasons.cancel ?? [];
  const { reference, version } = letter;
  const close = () => setOpen(false);
  return (
    <>
      <Button
        size="small"
        aria-label={translate('letters.cancel.of', { reference })}
        onClick={() => setOpen(true)}
      >
        {translate('letters.cancel.button')}
      </Button>
      {isOpen && (
        <ReasonDialog<Letter>
          title={translate('members.cancelLetter.title', { reference })}
          confirm={translate('members.cancelLetter.confirm')}
          cancel={translate('members.cancelLetter.back')}
          what={translate('members.cancelLetter.what')}
          reasons={reasons}
          run={(reason, key) => dataProvider.act('letters', letter.id, 'cancel', { reason, version }, key)}
          onDone={() => {
            close();
            notify('members.cancelLetter.done', { messageArgs: { reference } });
            refresh();
            onCancelled?.();
          }}
          onClose={close}
          onReload={() => {
            close();
            refresh();
          }}
        />
      )}
    </>
  );
};
