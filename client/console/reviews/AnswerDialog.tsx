import { useState } from 'react';
import { useDataProvider, useNotify, useRefresh, useTranslate } from 'react-admin';
import type { AnswerReview, OwnReview } from '../../../server/supervision/reviews.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { NoteField, type Written } from '../shared/NoteField.tsx';
import { useAct } from '../shared/useAct.ts';

type Props = { review: OwnReview; onClose: () => void };

/** The agent's explanation: a sentence, once, that the supervisor reads beside the item. */
export const AnswerDialog = ({ review: { id, word }, onClose }: Props) => {
  const translate = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [written, setWritten] = useState<Written>({ text: '', confirmed: false });
  const answer = useAct(
    (input: AnswerReview, key) => dataProvider.act<OwnReview>('own-reviews', id, 'answer', input, key),
    () => {
      onClose();
      refresh();
      notify('reviews.own.answered');
    },
  );
  const text = written.text.trim();
  return (
    <ActionDialog
      title={translate('reviews.own.answer')}
      confirm={translate('reviews.own.send')}
      canConfirm={text !== ''}
      isPending={answer.isPending}
      error={answer.error}
      reload={translate('reviews.reload')}
      onClose={onClose}
      onReload={() => {
        onClose();
        refresh();
      }}
      onConfirm={() => answer.mutate({ answer: text, ...(written.confirmed && { confirmed: true }) })}
    >
      <WhatHappens>{translate('reviews.own.once')}</WhatHappens>
      {word && <q>{word}</q>}
      <NoteField
        label={translate('reviews.own.yours')}
        warning="reviews.wordWarning"
        written={written}
        onChange={setWritten}
        error={answer.error}
        disabled={answer.isPending}
      />
    </ActionDialog>
  );
};
