/** What a supervisor must hear of. */
export const alerts = {
  title: 'Alertes',
  member: 'Voir la fiche',
  story: 'Lire son histoire',
  none: 'Aucune alerte n’attend.',
  noneLikeIt: 'Aucune alerte ne correspond à ces filtres.',
  ended: 'Éteinte d’elle-même',
  see: {
    'bulk-asked': 'Ouvrir « Incidents »',
    'unblock-asked': 'Ouvrir « Blocages »',
    'locks-rising': 'Ouvrir « Blocages »',
    'reviews-waiting': 'Ouvrir « À relire »',
  },
  filter: { unseen: 'À voir', seen: 'Vues' },
  seen: { button: 'Vu', of: 'Vu : %{message}', done: 'Alerte notée comme vue.' },
  resource: {
    name: 'Alerte |||| Alertes',
    fields: {
      seen: 'Alertes',
      message: 'Ce qui se passe',
      organisationId: 'Organisme',
      times: 'Fois',
      firstAt: 'Depuis',
      lastAt: 'Dernière fois',
      seenAt: 'Vu',
    },
  },
};
