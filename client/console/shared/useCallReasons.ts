import { useOrganisations } from './useMe.ts';

/** The closed list of the call's organisation; of all the agent's organisations while the call has none. */
export const useCallReasons = (organisationId: string | null): { id: string; label: string }[] => {
  const organisations = useOrganisations().filter(({ id }) => !organisationId || id === organisationId);
  const all = organisations.flatMap(({ reasons }) => [
    ...reasons.unblock,
    ...reasons.letter,
    ...reasons.message,
    ...reasons.correct,
  ]);
  return [...new Map(all.map((reason) => [reason.id, reason])).values()];
};
