/** The list of letters. */
export const letters = {
  title: 'Courriers',
  lotAndSheet: '%{lot}, feuille %{sheet}',
  timeliness: { 'on-time': 'dans les temps', 'at-risk': 'date menacée', late: 'en retard' },
  resource: {
    name: 'Courrier |||| Courriers',
    fields: {
      latestPostingAt: 'À poster avant',
      timeliness: 'Délai',
      state: 'État',
      reference: 'Référence',
      organisationId: 'Organisme',
      postcode: 'Code postal',
      askedAt: 'Demandé',
      announcedOn: 'Annoncé pour',
      lotNumber: 'Lot',
      sheet: 'Feuille',
      problem: 'Problème',
    },
  },
};
