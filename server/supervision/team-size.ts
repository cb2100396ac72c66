/** Fewer than these are a person and their colleagues (FACTS 7.1: figures must not become a watch on agents). */
export const leastOfTeam = 5;

type Sized = { organisationId: string; team: string | null; agents: number };

/**
 * Which teams of a site may be shown by themselves: none of fewer than five agents, and none whose figures would tell
 * those of fewer than five, taken from their site's. That must hold for each organisation by itself, because figures
 * of one can be taken from those of two.
 */
export const shownTeams = (teams: readonly Sized[]): string[] => {
  const organisationIds = [...new Set(teams.map(({ organisationId }) => organisationId))];
  const hidden = new Set(
    organisationIds.flatMap((id) => hiddenOf(teams.filter(({ organisationId }) => organisationId === id))),
  );
  return [...new Set(teams.flatMap(({ team }) => team || []))].filter((team) => !hidden.has(team)).sort();
};

const hiddenOf = (teams: readonly Sized[]): string[] => {
  const named = teams.filter(({ team }) => team);
  const shown = named.filter(({ agents }) => agents >= leastOfTeam).sort((a, b) => b.agents - a.agents);
  const rest = (): number => count(teams) - count(shown);
  while (shown.length > 0 && rest() > 0 && rest() < leastOfTeam) shown.pop();
  return named.flatMap((one) => (shown.includes(one) ? [] : (one.team ?? [])));
};

const count = (teams: readonly Sized[]): number => teams.reduce((sum, { agents }) => sum + agents, 0);
