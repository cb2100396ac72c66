/** Whether letters can keep what organisations promise. */
export const promises = {
  title: 'Promesses',
  loading: 'Calcul en cours…',
  intro:
    'Quelle part des demandes d’une année, faites un jour ouvré de 8 h 30 à 18 h, tient le délai promis. Se calcule d’après le fichier de l’organisme (heure limite, levée, produits) et le calendrier de la destination, comme les dates de chaque courrier ; aucun adhérent n’est lu.',
  organisation: 'Organisme',
  year: 'Année',
  product: 'Produit postal',
  everyProduct: 'Tous',
  zone: 'Destination',
  kept: 'Délai tenu en %{year}',
  keptLabel: 'Délai tenu, par destination et par produit',
  promised: 'Promis : %{promise}.',
  none: 'Aucun délai n’est promis : voici le plus long trajet.',
  usual: '(habituel)',
  worst: 'au pire %{days} j %{hours} h',
  worstMinutes: 'au pire %{days} j %{hours} h %{minutes}',
  notCarried: 'n’y va pas',
  compared: 'Ce que chaque produit tiendrait d’autres promesses',
  resource: { name: 'Promesses |||| Promesses' },
};
