/** Paper to destroy, under two names. */
export const destructions = {
  title: 'Destructions',
  lead: 'Une feuille gâchée, interrompue ou revenue peut encore porter un mot de passe lisible : elle est détruite (broyée en croix) et une seconde personne, qui ne l’a pas déclarée, l’atteste dans le jour ouvré.',
  none: 'Rien à détruire.',
  done: 'Détruit',
  overdue: 'en retard',
  reload: 'Recharger la liste',
  filter: { open: 'À attester', done: 'Attestées' },
  sheets:
    'Lot n° %{lot}, tentative n° %{attempt}, feuille %{from} |||| Lot n° %{lot}, tentative n° %{attempt}, feuilles %{from} à %{to}',
  letter: 'Courrier %{reference}',
  witness: {
    button: 'J’atteste la destruction',
    title: 'J’atteste la destruction',
    confirm: 'J’atteste',
    done: 'Destruction attestée.',
    what: 'Vous avez vu cette feuille détruite, déclarée par %{name}. Votre nom entre au procès-verbal. |||| Vous avez vu ces %{smart_count} feuilles détruites, déclarées par %{name}. Votre nom entre au procès-verbal.',
  },
  record: {
    title: 'Procès-verbal d’une période',
    from: 'Du',
    to: 'Au',
    button: 'Procès-verbal',
    file: 'proces-verbal-destruction',
  },
  resource: {
    name: 'Destruction |||| Destructions',
    fields: {
      open: 'État',
      organisationId: 'Organisme',
      kind: 'Feuilles',
      sheets: 'Nombre',
      declaredAt: 'Déclarée par',
      dueOn: 'Au plus tard le',
      witnessedAt: 'Attestée par',
    },
  },
};
