/** The audit's own pages, beside its list. */
export const storyPath = (memberId: string): string => `/audit-events/member/${encodeURIComponent(memberId)}`;
export const consultationsPath = (memberId: string): string =>
  `/audit-events/consultations/${encodeURIComponent(memberId)}`;
/** `callId`: the call that the page then opens at. */
export const dayPath = (agentId: string, day: string, callId?: string): string =>
  `/audit-events/agent/${encodeURIComponent(agentId)}?day=${day}${
    callId === undefined ? '' : `&call=${encodeURIComponent(callId)}`
  }`;
