/** Mail that came back, and files about it. */
export const returns = {
  title: 'Courriers revenus',
  reasons: {
    'unknown-addressee': 'Destinataire inconnu à l’adresse',
    'access-or-address': 'Défaut d’accès ou d’adressage',
    refused: 'Pli refusé par le destinataire',
    unclaimed: 'Pli avisé et non réclamé',
  },
  scan: {
    title: 'Scanner les plis revenus',
    what: 'Chaque pli scanné : son mot de passe meurt, l’adresse devient douteuse et aucun autre courrier n’y part avant correction. Fendez l’enveloppe sans déplier la feuille : le code et la référence se lisent au dos, le mot de passe reste caché. Elle est à détruire ainsi.',
    reason: 'Motif de l’étiquette',
    reasonFirst: 'Choisissez d’abord le motif : il vaut pour tous les plis jusqu’au prochain choix.',
    field: 'Code ou référence du pli',
    help: 'Le lecteur tape et valide ; au clavier, la « Réf. pli » puis Entrée.',
    lines: 'Plis de cette séance',
    taken: '%{smart_count} pli enregistré |||| %{smart_count} plis enregistrés',
    lot: 'lot n° %{lot}, feuille %{sheet}',
    done: 'Mot de passe annulé, adresse douteuse, pli à détruire',
    waste: 'Feuille déjà annulée : rien n’est changé, pli à détruire',
  },
  files: {
    title: 'Fichiers reçus',
    returns: 'Fichier des retours de La Poste',
    returnsHelp:
      'Une ligne par pli revenu. Les bonnes lignes sont prises, les autres sont dites ; le même fichier deux fois ne change rien.',
    report: 'Compte rendu du routeur',
    reportHelp:
      'Production et dépôt des lots confiés au routeur (prestataire d’impression), ligne par ligne.',
    send: 'Envoyer le fichier',
    sum: '%{lines} ligne lue ; prises : %{taken}, rejetées : %{rejected}. |||| %{lines} lignes lues ; prises : %{taken}, rejetées : %{rejected}.',
    result: 'Résultat du fichier',
    problems: 'Lignes rejetées',
    last: 'Derniers fichiers',
    receivedAt: 'Reçu',
    what: 'Fichier',
    lines: 'Lignes',
    takenLines: 'Prises',
    rejectedLines: 'Rejetées',
    show: 'Voir les rejets',
  },
  resource: { name: 'Courrier revenu |||| Courriers revenus', fields: {} },
};
