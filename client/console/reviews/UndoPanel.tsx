import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useNotify, useTranslate } from 'react-admin';
import type { ReviewPage, Undo } from '../../../server/supervision/reviews.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { Panel } from '../shared/Page.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { useAct } from '../shared/useAct.ts';
import { useMay } from '../shared/useMe.ts';
import { MemberLink } from './Who.tsx';

type Props = { review: ReviewPage; onChanged: (review: ReviewPage) => void; onReload: () => void };
type Undoable = ReviewPage['undoable'][number];

/** What was undone, and what still can be for each member of the item. */
export const UndoPanel = ({ review, onChanged, onReload }: Props) => {
  const translate = useTranslate();
  const mayDecide = useMay('review.decide');
  const [chosen, setChosen] = useState<Undoable | null>(null);
  const { undoable, undone, members } = review;
  const memberIds = [...new Set(undoable.map(({ memberId }) => memberId))];
  if (memberIds.length + undone.length === 0) return null;
  return (
    <Panel title={translate('reviews.undo.title')}>
      {undone.map(({ memberId, act, at, byName }) => (
        <Box key={`${memberId} ${act} ${at}`} sx={{ mb: 0.5 }}>
          <b>{translate(`reviews.undo.done.${act}`)}</b> · <ShortMoment at={at} /> · {byName}
        </Box>
      ))}
      {mayDecide &&
        memberIds.map((memberId) => (
          <Box key={memberId} sx={{ mt: 1 }}>
            <MemberLink who={members.find((one) => one.memberId === memberId)} />
            <UndoButtons
              undoable={undoable.filter((one) => one.memberId === memberId)}
              onChoose={setChosen}
            />
          </Box>
        ))}
      {chosen && (
        <UndoDialog
          review={review}
          undoable={chosen}
          onClose={() => setChosen(null)}
          onChanged={onChanged}
          onReload={() => {
            setChosen(null);
            onReload();
          }}
        />
      )}
    </Panel>
  );
};

const UndoButtons = ({
  undoable,
  onChoose,
}: {
  undoable: Undoable[];
  onChoose: (chosen: Undoable) => void;
}) => {
  const translate = useTranslate();
  const whys = [...new Set(undoable.flatMap(({ can }) => can.why ?? []))];
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 0.5 }}>
        {undoable.map((one) => (
          <Button
            key={one.act}
            size="small"
            variant="outlined"
            disabled={!one.can.allowed}
            onClick={() => onChoose(one)}
          >
            {translate(`reviews.undo.${one.act}`)}
          </Button>
        ))}
      </Box>
      {whys.map((why) => (
        <Box key={why} sx={{ mt: 0.25, fontSize: 13, color: 'var(--ink-soft)' }}>
          {why}
        </Box>
      ))}
    </>
  );
};

const UndoDialog = ({
  review: { id, version },
  undoable: { act, memberId },
  onClose,
  onChanged,
  onReload,
}: Props & { undoable: Undoable; onClose: () => void }) => {
  const translate = useTranslate();
  const notify = useNotify();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const undo = useAct(
    (input: Undo, key) => dataProvider.act<ReviewPage>('reviews', id, 'undo', input, key),
    (changed) => {
      onClose();
      notify(`reviews.undo.done.${act}`);
      onChanged(changed);
    },
  );
  return (
    <ActionDialog
      title={translate(`reviews.undo.${act}`)}
      confirm={translate('reviews.undo.confirm')}
      reload={translate('reviews.reload')}
      canConfirm
      isPending={undo.isPending}
      error={undo.error}
      onClose={onClose}
      onReload={onReload}
      onConfirm={() => undo.mutate({ act, memberId, version })}
    >
      <WhatHappens>{translate(`reviews.undo.what.${act}`)}</WhatHappens>
    </ActionDialog>
  );
};
