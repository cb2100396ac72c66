import type { returns as french } from '../fr/returns.ts';

export const returns: typeof french = {
  title: 'Returned mail',
  reasons: {
    'unknown-addressee': 'Addressee unknown at this address',
    'access-or-address': 'No access, or faulty address',
    refused: 'Refused by the addressee',
    unclaimed: 'Notified and not claimed',
  },
  scan: {
    title: 'Scan returned letters',
    what: 'Each letter scanned: its password dies, the address becomes doubtful and no other letter goes there until it is corrected. Slit the envelope without unfolding the sheet: its code and reference are on the back, the password stays hidden. It must be destroyed so.',
    reason: 'Reason on the label',
    reasonFirst: 'Choose the reason first: it holds for every letter until the next choice.',
    field: 'Code or reference of the letter',
    help: 'The reader types and confirms; by hand, the “Réf. pli”, then Enter.',
    lines: 'Letters of this session',
    taken: '%{smart_count} letter recorded |||| %{smart_count} letters recorded',
    lot: 'lot no. %{lot}, sheet %{sheet}',
    done: 'Password dead, address doubtful, letter to be destroyed',
    waste: 'Sheet voided already: nothing is changed, letter to be destroyed',
  },
  files: {
    title: 'Files received',
    returns: 'La Poste’s file of returns',
    returnsHelp:
      'One line for each returned letter. Good lines are taken, the others told; the same file twice changes nothing.',
    report: 'The mail house’s report',
    reportHelp: 'Production and deposit of the lots given to the mail house, line by line.',
    send: 'Send the file',
    sum: '%{lines} line read; taken: %{taken}, rejected: %{rejected}. |||| %{lines} lines read; taken: %{taken}, rejected: %{rejected}.',
    result: 'Outcome of the file',
    problems: 'Rejected lines',
    last: 'Last files',
    receivedAt: 'Received',
    what: 'File',
    lines: 'Lines',
    takenLines: 'Taken',
    rejectedLines: 'Rejected',
    show: 'Show rejections',
  },
  resource: { name: 'Returned letter |||| Returned mail', fields: {} },
};
