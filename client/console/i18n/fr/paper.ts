/** The letter as it will be printed, and the sheet that sets the printer. */
export const paper = {
  title: 'Papier',
  organisation: 'Organisme',
  noLetters: 'Aucun de vos organismes n’envoie de courrier.',
  preview: {
    title: 'Aperçu du courrier',
    what: 'Le courrier de l’organisme tel qu’il sort de l’imprimante, à un destinataire inventé ; le mot de passe y est masqué.',
    language: 'Langue',
    languages: { fr: 'Français', en: 'Anglais' },
    largePrint: 'Gros caractères',
    window: 'Montrer la fenêtre de l’enveloppe et les plis',
    button: 'Aperçu',
  },
  calibration: {
    title: 'Feuille de réglage',
    print: 'Imprimez la feuille de réglage sur l’imprimante du local, à 100 %, sans mise à l’échelle.',
    measure: 'Mesurez ses échelles avec une règle : un écart de plus de 1 mm se règle dans l’imprimante.',
    fold: 'Pliez-la et glissez-la dans une enveloppe : le cadre de l’adresse doit rester dans la fenêtre, de bord à bord.',
    button: 'Feuille de réglage',
  },
  resource: { name: 'Papier |||| Papier', fields: {} },
};
