/** The list of calls. */
export const calls = {
  title: 'Appels',
  running: 'En cours',
  member: 'Voir la fiche',
  filter: { open: 'En cours', ended: 'Terminés' },
  endedBy: { agent: 'terminé par le conseiller', 'next-call': 'par l’appel suivant', idle: 'sans activité' },
  resource: {
    name: 'Appel |||| Appels',
    fields: {
      open: 'Appels',
      openedAt: 'Ouvert',
      agentName: 'Conseiller',
      channel: 'Canal',
      caller: 'Qui parle',
      reason: 'Motif',
      reference: 'Référence',
      organisationId: 'Organisme',
      memberId: 'Adhérent',
      endedAt: 'Fin',
    },
  },
};
