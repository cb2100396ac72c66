/** « Corriger »: contacts and address put right at the desk. */
export const corrections = {
  button: 'Correct',
  title: 'Correct contacts and address',
  confirm: 'Correct',
  contacts: 'Contacts',
  address: 'Postal address',
  none: 'nothing on file',
  remove: 'remove',
  removeOf: 'Remove: %{what}',
  new: {
    email: 'New e-mail',
    mobile: 'New mobile',
    landline: 'New landline',
    fax: 'New fax',
  },
  line: 'Line %{number}',
  postcode: 'Postcode',
  town: 'Town',
  country: 'Country (empty: France)',
  nothing: 'Write at least one new value. A field left empty changes nothing.',
  waits: 'A correction waits for a supervisor’s word already.',
  what: {
    told: 'The former contact and the others are told.',
    waits: 'Nothing to sign in with goes there in this call nor, without a supervisor’s word, before %{day}.',
    file: 'The correction leaves tonight for the management system.',
  },
  ask: { title: 'Ask for a correction of contacts and address' },
};
