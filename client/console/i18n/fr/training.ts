/** The training space. */
export const training = {
  title: 'Formation',
  band: 'ESPACE DE FORMATION : personnes et appels inventés, rien ne part',
  nobody: 'Personne n’est en ligne.',
  first: 'Prendre un appel',
  next: 'Appel suivant',
  rings: '%{name} (%{organisation}, n° %{number}) :',
  ask: 'Demander :',
  askCode: 'Le code reçu',
  debrief: 'Raccrocher et corriger',
  done: 'Ce que vous avez fait : %{what}',
  nothing: 'Vous n’avez rien fait pour cet adhérent.',
};
