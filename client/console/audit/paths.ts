/** The audit's own pages, beside its list. */
export const storyPath = (memberId: string): string => `/audit-events/member/${encodeURIComponent(memberId)}`;
export const consultationsPath = (memberId: string): string =>
  `/audit-events/consultations/${encodeURIComponent(memberId)}`;
export const dayPath = (agentId: string, day: string): string =>
  `/audit-events/agent/${encodeURIComponent(agentId)}?day=${day}`;
