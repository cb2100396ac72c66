import { z } from 'zod';
import { DocumentKind, LanguageCode, MessageChannel, SpaceType } from '../core/vocabulary.ts';
import { brokenChecks } from './policy-checks.schema.ts';
import {
  AfterChange,
  ChannelKind,
  ChannelPolicy,
  ChosenPasswordRule,
  DisabledReason,
  FactPolicy,
  HelpPolicy,
  IdentifierPolicy,
  LetterPolicy,
  PolicyId,
  PortalPolicy,
  Reason,
  VerificationLevel,
  Wording,
} from './policy-parts.schema.ts';

const whole = (least: number, most: number) => z.int().min(least).max(most);
const askedOfMember = z.enum(['identifier', 'birth-date']);
const reasonList = z.array(Reason).min(1);

const PolicyShape = z.strictObject({
  id: PolicyId,
  name: z.string().trim().min(1).max(38).describe('a name of 1 to 38 characters'),
  languages: z.array(LanguageCode).min(1),
  spaceTypes: z.array(SpaceType).min(1),
  portal: PortalPolicy,

  signIn: z.strictObject({
    identifiers: z.array(IdentifierPolicy).min(1),
    franceConnectFor: z.array(SpaceType),
    antiRobotStep: z.boolean(),
  }),
  chosenPassword: ChosenPasswordRule,
  firstPassword: z.strictObject({
    /** Empty: the organisation says nothing, only the forgotten-password path opens a new account. */
    ways: z.array(z.enum(['statement-code', 'letter', 'forgotten-path', 'proof'])),
    statementCodeFoundOn: Wording.nullable(),
  }),
  // CNIL 2022-100: at most ten consecutive failures.
  lock: z.strictObject({ maxFailures: whole(3, 10) }),

  recovery: z.strictObject({
    asks: z.array(askedOfMember).min(1),
    /** A code goes first to the chosen channel; once typed, the temporary password follows there. */
    codeFirst: z.boolean(),
    codeOnSamePage: z.boolean(),
    singleChannelIsAutomatic: z.boolean(),
  }),
  memberUnblock: z.strictObject({
    path: z.enum(['forgotten-password', 'own-page']),
    asks: z.array(askedOfMember).min(1),
    /** Told after the proof on an account that is not locked; null: nothing is told. */
    notLocked: Wording.nullable(),
  }),
  deskUnblock: z.strictObject({
    notLocked: Wording,
    instead: Wording,
    per24Hours: whole(1, 5),
    per30Days: whole(1, 15),
  }),
  channels: z.array(ChannelPolicy).min(1),
  code: z.strictObject({
    name: Wording,
    digits: whole(4, 8),
    lifetimeMinutes: whole(5, 30),
    tries: whole(1, 5),
  }),
  temporaryPassword: z.strictObject({
    mustBeReplaced: z.literal(true),
    comparisonsPerBlockAndDay: whole(3, 20),
    comparisonsInLife: whole(100, 2000),
  }),

  facts: z.array(FactPolicy),
  /** What a member who never connected proves on the portal; what right and wrong lead to. */
  proofs: z.array(
    z.strictObject({
      spaceTypes: z.array(SpaceType).min(1),
      anyOf: z.array(PolicyId).min(1),
      right: z.array(ChannelKind).min(1),
      wrong: z.enum(['letter', 'supervisor']),
    }),
  ),
  verification: z.strictObject({
    facts: z.array(PolicyId),
    neededFacts: whole(2, 4),
    /** By which channels a code may go to be read back; the contact must be old enough. */
    codeBy: z.array(MessageChannel),
    /** Whether calling back the number on file confirms it. */
    callBack: z.boolean(),
    documents: z.array(DocumentKind),
    /** Hours of desk time: how long a request to a supervisor waits, and how long a suspicion stops recoveries. */
    approvalHours: whole(1, 48),
    suspicionHours: whole(8, 72),
    levels: z.strictObject({
      unblock: VerificationLevel.exclude(['none']),
      temporaryPassword: VerificationLevel.exclude(['none', 'identified']),
      letter: VerificationLevel,
      contactChange: VerificationLevel.exclude(['none', 'identified']),
    }),
  }),

  /** null: the organisation sends no letters. */
  letter: LetterPolicy.nullable(),
  afterChange: AfterChange,
  disabled: z.array(z.strictObject({ id: DisabledReason, terms: z.string().nullable(), say: Wording })),
  contacts: z.strictObject({
    waitingDays: whole(7, 90),
    confirmedWaitingHours: whole(24, 336),
    secondRecoveryDays: whole(1, 30),
  }),
  email: z.strictObject({
    /** The address that e-mails come from; its display name is the organisation's. */
    sender: z.email().describe('an e-mail address'),
  }),
  sms: z.strictObject({
    // AF2M: letters and digits only, 3 to 11, not digits alone.
    sender: z
      .string()
      .regex(/^(?=.*[A-Za-z])[A-Za-z0-9]{3,11}$/)
      .describe('3 to 11 letters and digits with at least one letter'),
    maxSegments: whole(1, 3),
  }),
  help: HelpPolicy,
  reasons: z.strictObject({
    unblock: reasonList,
    letter: z.array(Reason),
    message: z.array(Reason),
    cancel: z.array(Reason),
    reveal: reasonList,
    correct: reasonList,
  }),
});

/** One organisation's procedure as data. Rules that tie two keys together stand in policy-checks.schema.ts. */
export const Policy = PolicyShape.superRefine((policy, context) => {
  for (const { path, problem, allowed } of brokenChecks(policy)) {
    context.addIssue({ code: 'custom', path, message: problem, params: { allowed } });
  }
});
export type Policy = z.infer<typeof PolicyShape>;
