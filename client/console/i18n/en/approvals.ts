import type { approvals as french } from '../fr/approvals.ts';

/** Requests to a second person, on the list and on the page. */
export const approvals: typeof french = {
  title: 'Approvals',
  panel: 'Approvals asked for',
  member: 'See the page',
  waitingCount: '%{smart_count} to answer |||| %{smart_count} to answer',
  asked: 'asked %{moment} by %{name}',
  decided: 'answered %{moment} by %{name}',
  until: 'without an answer it expires %{moment}',
  state: {
    waiting: 'Waiting',
    done: 'Approved and done',
    refused: 'Refused',
    expired: 'No answer',
    overtaken: 'Overtaken',
    withdrawn: 'Withdrawn',
  },
  filter: { mine: 'Mine', others: 'Those of others' },
  facts: {
    detail: 'What',
    reasons: 'Why',
    level: 'Verification',
    asked: 'Asked by',
    note: 'Note',
  },
  ask: {
    title: {
      unblock: 'Ask for approval to unblock',
      sms: 'Ask for approval to send a text message',
      email: 'Ask for approval to send an e-mail',
      letter: 'Ask for approval to send a letter',
    },
    what: 'A supervisor receives your request. If they accept, the act runs by itself and the member is told: the caller need not wait. Without an answer in time the request expires and a call back is noted.',
    why: 'Why it needs approval',
    note: 'Note for the supervisor (optional)',
    confirm: 'Ask for approval',
    done: 'Approval is asked for. Without an answer it expires %{moment}.',
    toSay:
      'Your request has to be seen by a supervisor. You need not hold the line: we will come back to you through the contacts on your file.',
  },
  approve: {
    button: 'Approve',
    title: 'Approve: %{what}',
    act: 'The act runs at once, as it was asked for. If the situation has changed meanwhile, nothing is done and you will know.',
    document: 'The document counts as checked, and the identity as established for the call that asked.',
    word: 'A word (optional)',
    confirm: 'Approve',
  },
  refuse: {
    button: 'Refuse',
    title: 'Refuse: %{what}',
    act: 'Nothing is done. Whoever asked reads your word, and a call back is noted for the member.',
    document:
      'The document does not count. Whoever noted it reads your word, and a call back is noted for the member.',
    word: 'Why',
    confirm: 'Refuse',
  },
  withdraw: {
    button: 'Withdraw',
    title: 'Withdraw the request: %{what}',
    act: 'Nobody will have to answer it any more.',
    document: 'Nobody will have to check this document any more.',
    confirm: 'Withdraw the request',
  },
  wordHelp: 'At most 200 characters. Neither health nor opinions.',
  reload: 'Reload',
  resource: {
    name: 'Approval |||| Approvals',
    fields: {
      state: 'State',
      mine: 'Whose',
      act: 'What',
      reasons: 'Why',
      askedAt: 'Asked',
      expiresAt: 'Expires',
      organisationId: 'Organisation',
    },
  },
};
