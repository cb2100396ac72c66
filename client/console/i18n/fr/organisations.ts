/** What an employee needs to know of an organisation. */
export const organisations = {
  title: 'Organismes',
  one: 'Organisme',
  back: 'Tous les organismes',
  report: 'Rapport de conformité',
  letters: 'Envoie des courriers',
  noLetters: 'N’envoie pas de courrier',
  usual: 'habituel',
  procedure: 'Procédure',
  spaceTypes: 'Espaces',
  help: 'Où l’adhérent trouve de l’aide',
  helpName: 'Service',
  helpEmail: 'E-mail',
  reasons: {
    unblock: 'Motifs de déblocage',
    letter: 'Motifs de courrier',
    reveal: 'Motifs d’affichage du NIR',
    correct: 'Motifs de correction des coordonnées',
  },
  resource: {
    name: 'Organisme |||| Organismes',
    fields: {
      name: 'Nom',
      sendsLetters: 'Courriers',
      products: 'Produits postaux',
      cutoff: 'Heure limite',
      collectionAt: 'Levée',
      maxFailures: 'Échecs avant blocage',
      help: { phone: 'Téléphone d’aide' },
    },
  },
};
