import { z } from 'zod';
import { ContactKind, LanguageCode, RecoveryPath, SpaceType, Channel } from '../core/vocabulary.ts';

export type { RecoveryPath };

const Choice = z.object({ id: z.string(), label: z.string() });
const Typed = z.string().max(300);

/** What answers to the anti-robot step: the challenge as it was given, with its solution (altcha-lib's payload). */
export const ProofOfWork = z.string().max(4_000);

export const MemberSignIn = z.strictObject({
  identifier: z.string().max(60),
  password: Typed,
  proofOfWork: ProofOfWork.optional(),
});

/** Where a session leads next: what stands between the member and their space. */
export const nextSteps = ['change-password', 'terms', 'contacts', 'space'] as const;
export const NextStep = z.enum(nextSteps);
export type NextStep = z.infer<typeof NextStep>;

/** What opened, and what the member does next. The session itself travels as a cookie. */
export const SignedIn = z.object({
  status: z.enum(['signed-in', 'must-change-password']),
  next: NextStep,
  message: z.string(),
  /** The rule a new password must follow, in words; set when one must be chosen. */
  passwordRule: z.array(z.string()),
  sessionEndsAt: z.string(),
});
export type SignedIn = z.infer<typeof SignedIn>;

export const ChooseNewPassword = z.strictObject({
  newPassword: z.string().min(1).max(300),
  /** Asked in a session that a password opened; not in one that a temporary secret opened. */
  currentPassword: Typed.optional(),
});
export const PasswordChosen = z.object({
  status: z.enum(['sign-in-again', 'signed-in']),
  next: NextStep.nullable(),
  message: z.string(),
});
export type PasswordChosen = z.infer<typeof PasswordChosen>;

export const PortalSession = z.object({
  status: z.enum(['signed-in', 'must-change-password']),
  next: NextStep,
  passwordRule: z.array(z.string()),
  /** The organisation recommends a change and the password is older than that. */
  changeRecommended: z.boolean(),
  franceConnect: z.boolean(),
});
export type PortalSession = z.infer<typeof PortalSession>;

export const Challenge = z.object({
  /** Null where the organisation has no anti-robot step. An altcha-lib challenge. */
  challenge: z.record(z.string(), z.unknown()).nullable(),
});

export const AskRecovery = z.strictObject({
  path: RecoveryPath,
  identifier: z.string().min(1, 'portal.identifierNeeded').max(60),
  /** `jj/mm/aaaa`, where the path asks for it. */
  birthDate: z.string().max(40).optional(),
  /** The proof of a member who never connected, where the path asks for one. */
  proof: z
    .strictObject({ spaceType: SpaceType, fact: z.string().max(64), value: z.string().max(60) })
    .optional(),
});
export type AskRecovery = z.infer<typeof AskRecovery>;

export const ChooseChannel = z.strictObject({
  channel: Channel,
  /** Calls back the letter that this same recovery asked for, while its lot is not released. */
  cancelLetter: z.boolean().optional(),
});
export const TypeCode = z.strictObject({ code: z.string().max(40) });
export const OpenLink = z.strictObject({ token: z.string().max(200) });

export const recoverySteps = [
  'choose-channel',
  'enter-code',
  'sent',
  'choose-password',
  'not-locked',
  'refused',
] as const;

/**
 * Where a recovery stands, in words. Before a proof it is the same for every identifier: same steps, same
 * channels, one constant mask, conditional wording (DOMAIN, "The gate").
 */
export const RecoveryStep = z.object({
  step: z.enum(recoverySteps),
  title: z.string(),
  message: z.string(),
  /** Hints in order: keep this page open, look among the spam, whom to call. */
  notes: z.array(z.string()),
  channels: z.array(
    z.object({
      kind: Channel,
      label: z.string(),
      /** One constant mask; null for the letter. */
      mask: z.string().nullable(),
      /** After a proof only: false when the organisation's messages do not reach this number. */
      usable: z.boolean(),
      note: z.string().nullable(),
    }),
  ),
  /** The channel that was used, once one was. */
  channel: Channel.nullable(),
  code: z.object({ name: z.string(), digits: z.number(), minutes: z.number() }).nullable(),
  /** True when this recovery asked for a letter that can still be called back. */
  mayCancelLetter: z.boolean(),
  /** With `choose-password`: the rule, in words. */
  passwordRule: z.array(z.string()),
});
export type RecoveryStep = z.infer<typeof RecoveryStep>;

/** Where this browser's recovery stands, for a page that was loaded again; null where none is open. */
export const OpenRecovery = z.object({ path: RecoveryPath, step: RecoveryStep }).nullable();
export type OpenRecovery = z.infer<typeof OpenRecovery>;

export const Repudiate = z.strictObject({ token: z.string().max(200) });
export const Repudiated = z.object({ message: z.string() });

export const Terms = z.object({
  version: z.string(),
  title: z.string(),
  articles: z.array(z.object({ number: z.string(), title: z.string().nullable(), text: z.string() })),
});
export type Terms = z.infer<typeof Terms>;
export const AcceptTerms = z.strictObject({ version: z.string().max(40) });
export const NextAnswer = z.object({ next: NextStep, message: z.string() });

export const OwnContact = z.object({
  kind: ContactKind,
  value: z.string().nullable(),
  since: z.string().nullable(),
  /** Changed a short while ago: not yet used to send a way back in. */
  waiting: z.boolean(),
});
export const OwnContacts = z.object({
  contacts: z.array(OwnContact),
  /** Changes that the code sent to the old contact would confirm sooner. */
  confirmable: z.array(ContactKind),
});
export type OwnContacts = z.infer<typeof OwnContacts>;
export const SaveContacts = z.strictObject({
  /** Only what is named changes; null removes it. An empty object confirms all as they are. */
  contacts: z.strictObject({
    email: z.string().max(254).nullable().optional(),
    mobile: z.string().max(30).nullable().optional(),
    landline: z.string().max(30).nullable().optional(),
    fax: z.string().max(30).nullable().optional(),
  }),
  /** Needed when something changes (ASVS 7.5.1). */
  currentPassword: Typed.optional(),
});
/** What stands on file now, and what comes next. */
export const ContactsSaved = OwnContacts.extend({ next: NextStep, message: z.string() });
export const ConfirmContactChange = z.strictObject({
  kind: ContactKind,
  code: z.string().max(40).optional(),
});

export const ContactConfirmation = z.object({
  status: z.enum(['code-sent', 'confirmed']),
  message: z.string(),
  /** With `code-sent`: what is to be typed, and for how long it is good. */
  code: z.object({ digits: z.number(), minutes: z.number() }).nullable(),
});

export const FranceConnectStart = z.object({ url: z.string() });
export const FranceConnectReturn = z.strictObject({ query: z.string().max(4_000) });
/** Signed in; or, the first time, what else is needed: the journey goes on with the identifier. */
export const FranceConnectReturned = z.discriminatedUnion('status', [
  SignedIn,
  z.object({ status: z.literal('identifier-needed'), message: z.string() }),
]);
export type FranceConnectReturned = z.infer<typeof FranceConnectReturned>;
export const FranceConnectLink = z.strictObject({
  identifier: z.string().min(1, 'portal.identifierNeeded').max(60),
});

/** Everything the member's pages need before anybody signs in: no member is looked at. */
export const PortalDescription = z.object({
  id: z.string(),
  name: z.string(),
  portalName: z.string(),
  languages: z.array(LanguageCode),
  language: LanguageCode,
  colours: z.object({ main: z.string(), onMain: z.string(), accent: z.string() }),
  publicSite: z.string(),
  safetyAdvice: z.string().nullable(),
  labels: z.object({
    password: z.string(),
    forgottenPassword: z.string(),
    unblock: z.string().nullable(),
    register: z.string().nullable(),
    whereIsIdentifier: z.string().nullable(),
  }),
  identifiers: z.array(z.object({ kind: z.string(), label: z.string(), foundOn: z.string() })),
  password: z.object({
    digits: z.number().nullable(),
    shuffledKeypad: z.boolean(),
    strengthMeter: z.boolean(),
    rule: z.array(z.string()),
    /** For each line of the rule a regular expression (flags `su`) that ticks it while typing; the server decides. */
    tests: z.array(z.string()),
  }),
  maxFailures: z.number(),
  antiRobot: z.boolean(),
  /** Configured for this organisation, and the space types it is for. */
  franceConnect: z.array(Choice).nullable(),
  /** The first connection with a printed code or a letter's password; null where there is none. */
  firstPassword: z.object({ foundOn: z.string().nullable() }).nullable(),
  paths: z.array(
    z.object({
      path: RecoveryPath,
      asksBirthDate: z.boolean(),
      /** What never-connected members prove, by space type. */
      proofs: z.array(
        z.object({
          spaceType: SpaceType,
          label: z.string(),
          facts: z.array(
            z.object({ id: z.string(), label: z.string(), kind: z.string(), hint: z.string().nullable() }),
          ),
        }),
      ),
    }),
  ),
  channels: z.array(Channel),
  help: z.object({
    name: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    hours: z.array(z.string()),
  }),
  /** Every sentence of the pages, by key; the organisation's own where it has some. */
  texts: z.record(z.string(), z.string()),
  /** Outside production without a gateway: where the messages can be read. */
  mailbox: z.string().nullable(),
});
export type PortalDescription = z.infer<typeof PortalDescription>;
