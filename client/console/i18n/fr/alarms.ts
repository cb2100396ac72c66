/** What stands late in the print room. */
export const alarms = {
  title: 'Alarmes',
  lead: 'Ce qui était promis et ne s’est pas fait. Une alarme s’éteint d’elle-même quand la chose est faite ; les superviseurs l’ont reçue par e-mail.',
  none: 'Aucune alarme.',
  stands: 'En cours',
  standing: '%{smart_count} alarme |||| %{smart_count} alarmes',
  more: '%{smart_count} autre alarme |||| %{smart_count} autres alarmes',
  filter: { standing: 'En cours', cleared: 'Éteintes' },
  see: {
    lot: 'Voir le lot',
    letters: 'Voir les courriers',
    testLetters: 'Voir les lettres témoins',
    destructions: 'Voir les destructions',
  },
  resource: {
    name: 'Alarme |||| Alarmes',
    fields: {
      open: 'État',
      message: 'Ce qui est en retard',
      organisationId: 'Organisme',
      count: 'Nombre',
      raisedAt: 'Depuis',
      toldAt: 'E-mail envoyé',
      clearedAt: 'État',
    },
  },
};
