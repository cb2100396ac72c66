/** « Corriger »: contacts and address put right at the desk. */
export const corrections = {
  button: 'Corriger',
  title: 'Corriger les coordonnées',
  confirm: 'Corriger',
  contacts: 'Contacts',
  address: 'Adresse postale',
  none: 'rien au dossier',
  remove: 'à retirer',
  removeOf: 'À retirer : %{what}',
  new: {
    email: 'Nouvel e-mail',
    mobile: 'Nouveau mobile',
    landline: 'Nouveau fixe',
    fax: 'Nouveau fax',
  },
  line: 'Ligne %{number}',
  postcode: 'Code postal',
  town: 'Commune',
  country: 'Pays (vide : France)',
  nothing: 'Écrivez au moins une nouvelle valeur. Un champ laissé vide ne change rien.',
  waits: 'Une correction attend déjà l’accord d’un superviseur.',
  what: {
    told: 'L’ancien contact et les autres en sont prévenus.',
    waits:
      'Rien pour se connecter n’y est envoyé dans cet appel ni, sans l’accord d’un superviseur, avant le %{day}.',
    file: 'La correction part cette nuit vers le logiciel de gestion.',
  },
  ask: { title: 'Demander l’accord de corriger les coordonnées' },
};
