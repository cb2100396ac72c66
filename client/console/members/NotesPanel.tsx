import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Note } from '../../../server/calls/notes.schema.ts';
import { Panel } from '../shared/Page.tsx';
import { Moment } from '../shared/PromiseDate.tsx';
import { ToneChip } from '../shared/StatusChip.tsx';
import { useMay } from '../shared/useMe.ts';
import { NoteDialog } from './NoteDialog.tsx';

type Props = { member: { id: string; notes: Note[] }; onReload: () => void };

/** Short notes, the latest first; a difficult caller is one of them and nothing more. */
export const NotesPanel = ({ member, onReload }: Props) => {
  const translate = useTranslate();
  const mayNote = useMay('member.note');
  const [writing, setWriting] = useState(false);
  return (
    <Panel
      title={translate('notes.title')}
      aside={
        mayNote && (
          <Button size="small" onClick={() => setWriting(true)}>
            {translate('notes.add')}
          </Button>
        )
      }
    >
      {member.notes.length === 0 && translate('notes.none')}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
        {member.notes.map((note) => (
          <NoteLine key={note.id} note={note} />
        ))}
      </Box>
      {writing && (
        <NoteDialog
          memberId={member.id}
          onDone={() => {
            setWriting(false);
            onReload();
          }}
          onClose={() => setWriting(false)}
        />
      )}
    </Panel>
  );
};

const NoteLine = ({ note: { kind, text, at, authorName } }: { note: Note }) => {
  const translate = useTranslate();
  return (
    <Box component="li" sx={{ overflowWrap: 'anywhere' }}>
      {kind === 'difficult-caller' && (
        <Box sx={{ mb: 0.25 }}>
          <ToneChip tone="locked">{translate('notes.difficult')}</ToneChip>
        </Box>
      )}
      {text}
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
        {authorName} · <Moment at={at} />
      </Box>
    </Box>
  );
};
