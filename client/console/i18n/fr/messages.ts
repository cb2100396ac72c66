/** The list of e-mails and SMS. */
export const messages = {
  title: 'Messages',
  resource: {
    name: 'Message |||| Messages',
    fields: {
      askedAt: 'Demandé',
      organisationId: 'Organisme',
      channel: 'Canal',
      what: 'Contenu',
      masked: 'Vers',
      state: 'État',
      stateAt: 'Depuis',
      problem: 'Problème',
    },
  },
};
