/** Short notes about a member. */
export const notes = {
  title: 'Notes',
  none: 'Aucune note.',
  add: 'Écrire une note',
  field: 'Note',
  left: '%{smart_count} caractère restant |||| %{smart_count} caractères restants',
  warning: 'Ni santé, ni opinion : l’adhérent peut lire cette note.',
  difficult: 'Appelant difficile',
  difficultHelp: 'C’est une note : elle ne change rien à ce qui est possible.',
  what: 'Tous les conseillers de l’organisme la verront sur la fiche.',
  confirm: 'Enregistrer la note',
  again: 'J’ai relu : elle ne parle ni de santé ni d’opinions',
  done: 'Note enregistrée.',
};
