import type { verify as french } from '../fr/verify.ts';

/** Verifying whoever speaks, on the member's page. */
export const verify: typeof french = {
  title: 'Verify the caller',
  code: {
    send: 'Send a code to read out:',
    again: 'Nothing came? Another code:',
    by: { sms: 'by text message', email: 'by e-mail' },
    sendBy: 'Send a code %{by} %{masked}',
    field: 'Code read out by the caller',
    to: 'sent to %{masked}',
    tries: '%{smart_count} try left |||| %{smart_count} tries left',
    done: '%{masked}: right code',
  },
  question: {
    lead: 'Or ask:',
    check: 'Check',
    right: '%{smart_count} right answer of %{needed} |||| %{smart_count} right answers of %{needed}',
  },
  callBack: {
    lead: 'Or call back the number on file:',
    hide: 'Hide the number',
    number: 'Call %{number}',
    reached: 'The person answered',
    nobody: 'Nobody',
    done: '%{masked}: the person answered',
    named: { mobile: 'Mobile %{masked}', landline: 'Landline %{masked}' },
  },
  document: {
    lead: 'Identity document:',
    kind: 'Document',
    reference: 'Where it is kept',
    referenceHelp: 'For instance the number of the case; nothing of what is written on it.',
    keep: { seen: 'I have seen it', received: 'Have it checked' },
    waiting: 'Identity document: a colleague has to check it.',
    done: 'Identity document established',
  },
  others: 'Other ways',
  none: 'Nothing can verify this caller.',
  way: {
    facts: 'Questions',
    sms: 'Code by text message',
    email: 'Code by e-mail',
    mobile: 'Calling back the mobile',
    landline: 'Calling back the landline',
    document: 'Identity document',
  },
  more: 'Verify further',
  goThere: 'Verify the caller',
  sayWho: 'Say who is speaking',
  notEntitled: {
    title: 'This person learns nothing about the account',
    what: 'Neither the member nor a mandate in force: nothing to verify. Say the sentence below.',
  },
  otherCall: 'The call under way is not about this page yet.',
};
