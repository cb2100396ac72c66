import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import type { Callback } from '../../../server/calls/callbacks.schema.ts';
import { CallbackActs } from '../callbacks/CallbackActs.tsx';
import { PromiseDialog } from '../callbacks/PromiseDialog.tsx';
import { formatMoment } from '../shared/dates.ts';
import { Panel } from '../shared/Page.tsx';
import { ToneChip } from '../shared/StatusChip.tsx';
import { useMay } from '../shared/useMe.ts';

type Props = { member: { id: string; callbacks: Callback[] }; onReload: () => void };

/** What somebody owes this member, and the promise of a call. */
export const CallbacksPanel = ({ member, onReload }: Props) => {
  const translate = useTranslate();
  const mayPromise = useMay('callback.manage');
  const [promising, setPromising] = useState(false);
  return (
    <Panel
      title={translate('callbacks.panel.title')}
      aside={
        mayPromise && (
          <Button size="small" onClick={() => setPromising(true)}>
            {translate('callbacks.promise.button')}
          </Button>
        )
      }
    >
      {member.callbacks.length === 0 && translate('callbacks.panel.none')}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.25 }}>
        {member.callbacks.map((callback) => (
          <Line key={callback.id} callback={callback} onDone={onReload} />
        ))}
      </Box>
      {promising && (
        <PromiseDialog
          memberId={member.id}
          onDone={() => {
            setPromising(false);
            onReload();
          }}
          onClose={() => setPromising(false)}
        />
      )}
    </Panel>
  );
};

const Line = ({ callback, onDone }: { callback: Callback; onDone: () => void }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const { what, note, dueAt, overdue, ownerName, outcome } = callback;
  const facts = [
    translate('callbacks.panel.due', { moment: formatMoment(dueAt, locale, translate) }),
    ownerName ? translate('callbacks.panel.owner', { name: ownerName }) : translate('callbacks.nobody'),
    ...(outcome === 'not-reached' ? [translate('callbacks.tried')] : []),
  ];
  return (
    <Box component="li" sx={{ display: 'grid', gap: 0.5, overflowWrap: 'anywhere' }}>
      <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 1 }}>
        <b>{what}</b>
        {overdue && <ToneChip tone="danger">{translate('callbacks.overdue')}</ToneChip>}
      </Box>
      {note && <Box>{note}</Box>}
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{facts.join(' · ')}</Box>
      <CallbackActs callback={callback} onDone={onDone} />
    </Box>
  );
};
