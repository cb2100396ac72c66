import type { ChainColumns } from './chain.ts';

/**
 * Whether a payload says what the columns say, told from its canonical text (RFC 8785 sorts keys): everything but
 * role, data and request is known from the columns, and stands at places counted from both ends. A third of the cost of
 * reading the JSON, for each of millions of rows. Nothing that we write into a column has a quotation mark or needs
 * an escape; a column with one is not ours.
 */
export const saysTheSame = (payload: string, columns: ChainColumns): boolean => {
  const { id, at, type, result, organisationId, actorKind, actorId, memberId, callId } = columns;
  const actor = `{"actor":{"id":${quoted(actorId)},"kind":${quoted(actorKind)},"role":`;
  const when = `},"at":${quoted(at)},"callId":${quoted(callId)},"data":{`;
  const whom = `},"id":${quoted(id)},"memberId":${quoted(memberId)},"organisationId":${quoted(organisationId)},"requestId":"`;
  const what = `","result":${quoted(result)},"type":${quoted(type)}}`;
  if (!payload.startsWith(actor) || !payload.endsWith(what)) return false;

  const role = payload.indexOf('}', actor.length);
  const request = payload.lastIndexOf('"', payload.length - what.length - 1) + 1;
  return payload.startsWith(when, role) && payload.startsWith(whom, request - whom.length);
};

const quoted = (value: string | null): string => {
  if (value === null) return 'null';
  // Stryker disable next-line StringLiteral: whatever stands there without quotes is no value that we write.
  return value.includes('"') ? 'no' : `"${value}"`;
};
