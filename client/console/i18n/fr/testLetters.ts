/** The letter that each organisation sends itself. */
export const testLetters = {
  title: 'Lettres témoins',
  lead: 'Chaque organisme s’envoie une lettre dans le premier lot de la semaine. Qui la reçoit tape son mot de passe sur la page « lettre témoin » du portail : la chaîne entière est prouvée, de l’impression à la boîte aux lettres.',
  none: 'Aucune lettre témoin : elles partent avec le premier lot de la semaine, pour les organismes qui ont donné une adresse.',
  week: 'semaine %{number} de %{year}',
  late: 'pas accusée, en retard',
  awaited: 'attendue',
  resource: {
    name: 'Lettre témoin |||| Lettres témoins',
    fields: {
      organisationId: 'Organisme',
      week: 'Semaine',
      reference: 'Référence',
      state: 'État',
      depositedAt: 'Postée',
      expectedOn: 'Attendue le',
      acknowledgedAt: 'Reçue',
    },
  },
};
