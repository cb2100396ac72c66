/** What counts as far from the desk's: so many in so many hours, and so many times what the others send. */
export const farFromDesk = { hours: 8, least: 25, timesMedian: 4 } as const;

/** Whether an agent sent far more ways in than the desk's median (DOMAIN, "Verification"). */
export const isFarFromDesk = (sentByAgent: ReadonlyMap<string, number>, agentId: string): boolean => {
  const own = sentByAgent.get(agentId) ?? 0;
  if (own < farFromDesk.least) return false;
  const others = [...sentByAgent].filter(([id]) => id !== agentId).map(([, sent]) => sent);
  return own >= farFromDesk.timesMedian * medianOf(others);
};

export const medianOf = (values: number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle] ?? 0;
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};
