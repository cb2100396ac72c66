const twins: Record<string, string> = { '19': '2A', '18': '2B', '2A': '19', '2B': '18' };

/** The same NIR typed with its other department (19 ⇄ 2A, 18 ⇄ 2B: same key); undefined when it has none. */
export const corsicanTwin = (typed: string): { query: string; department: string } | undefined => {
  const body = typed.replace(/[\s.-]/g, '').toUpperCase();
  const department = twins[body.slice(5, 7)];
  return department ? { query: body.slice(0, 5) + department + body.slice(7), department } : undefined;
};
