/** The desk's accounts. */
export const agents = {
  title: 'Comptes du guichet',
  open: 'ouvert',
  closed: 'Fermé',
  resource: {
    name: 'Compte |||| Comptes',
    fields: {
      q: 'Identifiant exact',
      role: 'Rôle',
      name: 'Nom',
      username: 'Identifiant',
      organisations: 'Organismes',
      site: 'Site',
      team: 'Équipe',
      createdAt: 'Créé',
      closedAt: 'État',
    },
  },
};
