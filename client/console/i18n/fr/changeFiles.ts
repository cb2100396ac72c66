/** « Fichiers de modifications »: what leaves each night for the management systems. */
export const changeFiles = {
  title: 'Fichiers de modifications',
  lead: 'Ce qui a été corrigé ou signalé chaque jour, pour le logiciel de gestion de l’organisme. Un jour sans modification n’est pas listé. Chaque téléchargement est journalisé.',
  download: 'Télécharger',
  downloadOf: 'Télécharger le fichier de %{organisation} du %{day}',
  what: 'Le fichier porte des coordonnées d’adhérents. Chaque téléchargement est enregistré au journal.',
  resource: {
    name: 'Fichier de modifications |||| Modifications',
    fields: {
      day: 'Journée',
      organisationId: 'Organisme',
      lines: 'Lignes',
      members: 'Adhérents',
      id: 'Fichier',
    },
  },
};
