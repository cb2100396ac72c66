import type { notes as french } from '../fr/notes.ts';

export const notes: typeof french = {
  title: 'Notes',
  none: 'No note.',
  add: 'Write a note',
  field: 'Note',
  left: '%{smart_count} character left |||| %{smart_count} characters left',
  warning: 'Neither health nor opinions: the member may read this note.',
  difficult: 'Difficult caller',
  difficultHelp: 'It is a note: it changes nothing of what can be done.',
  what: 'Every agent of the organisation will see it on the page.',
  confirm: 'Save the note',
  again: 'I have read it again: it is about neither health nor opinions',
  done: 'Note saved.',
};
