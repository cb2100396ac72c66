import { parisDay } from '../core/calendar.ts';
import type { Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { Outgoing } from '../http/routes.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { letterPolicyOf } from './letter-policy.ts';
import { lotToDraw } from './lot-to-draw.ts';
import type { Refusal } from './sheet-content.ts';
import { specimenAddress, type LotToDraw, type SpecimenToDraw } from './sheet-to-draw.ts';
import type { CalibrationQuery, PreviewQuery } from './specimens.schema.ts';

/**
 * Sends a letter to nobody, as it would be printed now, its password blanked (FACTS 5.3).
 *
 * @throws AppError `not-found` for an organisation of others; `policy-refused` for one without letters, or whose
 * words do not fit on the page.
 */
export const sendPreview = async (
  visit: Visit,
  { organisation, language, largePrint, window }: PreviewQuery,
  out: Outgoing,
): Promise<void> => {
  const policy = policyInScope(visit, organisation);
  const specimen = specimenOf(policy, visit.house.clock(), { language, largePrint });
  const { drawing } = visit.house;
  const drawn = asBytes(await drawing.specimen(nobodysLot(visit, policy), specimen, window));
  await send(out, `specimen-${policy.id}`, drawn);
};

/** Sends a sheet to try paper, printer, envelope and scanner with. @throws AppError as for a preview */
export const sendCalibration = async (
  visit: Visit,
  { organisation }: CalibrationQuery,
  out: Outgoing,
): Promise<void> => send(out, `calage-${organisation}`, await calibrationSheet(visit, organisation));

/** The same as bytes. @throws AppError as for a preview */
export const calibrationSheet = async (visit: Visit, organisation: string): Promise<Uint8Array> => {
  const lot = nobodysLot(visit, policyInScope(visit, organisation));
  return asBytes(await visit.house.drawing.calibration(lot));
};

const asBytes = (drawn: Uint8Array | Refusal): Uint8Array => {
  if (drawn instanceof Uint8Array) return drawn;
  throw new AppError('policy-refused', `letters.problems.${drawn.problem}`, { rule: 'letter.specimen' });
};

const policyInScope = ({ house, scope }: Visit, organisationId: string): Policy => {
  if (!scope.organisationIds.includes(organisationId)) throw new AppError('not-found', 'common.notFound');
  return policyOf(house, organisationId);
};

const nobodysLot = ({ house }: Visit, policy: Policy): LotToDraw =>
  lotToDraw(house, policy, { number: 0, attempt: 0 }, house.clock());

const specimenOf = (
  policy: Policy,
  now: Date,
  as: Pick<SpecimenToDraw, 'language' | 'largePrint'>,
): SpecimenToDraw => {
  const { validityDays } = letterPolicyOf(policy);
  return {
    ...as,
    reference: 'SPECIMEN / 0',
    addressLines: specimenAddress,
    civility: 'madame',
    askedDay: parisDay(now),
    limitDay: parisDay(new Date(now.getTime() + validityDays * 86_400_000)),
    identifierKind: policy.signIn.identifiers[0]?.kind ?? 'other',
    isTest: false,
  };
};

const send = async (out: Outgoing, name: string, bytes: Uint8Array): Promise<void> => {
  out.begin('application/pdf', `${name}.pdf`);
  await out.write(bytes);
  await out.end();
};
