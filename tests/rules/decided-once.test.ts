import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const decision = 'accounts/decision.ts';
const sources = new Map(
  readdirSync('server', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('db/migrations'))
    .map((file) => [file, readFileSync(join('server', file), 'utf8')] as const),
);
const filesWith = (pattern: RegExp): string[] =>
  [...sources].flatMap(([file, text]) => (pattern.test(text) ? [file] : [])).sort();

/** The names of a union type in decision.ts. */
const namesOf = (type: string): string[] => {
  const [, body = ''] = new RegExp(`export type ${type} =([^;]*);`).exec(sources.get(decision) ?? '') ?? [];
  return [...body.matchAll(/'([\w-]+)'/g)].map(([, name = '']) => name);
};

// Words that say other things too: how an account stands, what a call came to, what a proof cannot be made with.
const elsewhere: Record<string, string[]> = {
  'no-account': [
    'accounts/acting.service.ts',
    'accounts/approved-acts.service.ts',
    'accounts/standing.ts',
    'accounts/undo.service.ts',
    'core/vocabulary.ts',
    'members/members.service.ts',
    'members/search.service.ts',
    'verifications/step.service.ts',
  ],
  disabled: ['accounts/standing.ts', 'core/vocabulary.ts', 'organisations/policy-checks.schema.ts'],
  frozen: [
    'accounts/freeze.service.ts',
    'accounts/standing.ts',
    'accounts/undo.service.ts',
    'core/vocabulary.ts',
    'credentials/credentials.service.ts',
    'credentials/credentials.store.ts',
    'desk/headline.ts',
    'desk/saying.ts',
    'desk/timeline-lines.ts',
    'portal/links.service.ts',
    'supervision/incident-report.service.ts',
  ],
  // A request that waits for nothing else is a senior's to answer.
  'beginner-asks': ['approvals/seniors.ts'],
  // A suspicion later than the request is none that a second person lifted.
  flagged: ['accounts/approved-acts.service.ts'],
  // In the words of the organisation's file; on the portal after its own proof.
  'not-locked': [
    'accounts/verdicts.ts',
    'portal/portal.schema.ts',
    'portal/recoveries.service.ts',
    'portal/recovery-steps.ts',
  ],
  'channel-none': ['accounts/verdicts.ts'],
  'letter-address': ['portal/recovery-sending.ts'],
  'letter-on-its-way': ['calls/outcome.ts', 'core/vocabulary.ts', 'supervision/figures-calls.ts'],
  'mobile-overseas': ['verifications/methods.service.ts'],
  // In the words that a member is told.
  protected: ['supervision/consultation-lines.ts'],
  // Who may be verified at all comes before any act; what was refused is counted for review. As a permission: what
  // an agent does with their own account of the desk.
  'own-account': [
    'agents/agents.routes.ts',
    'agents/factors.routes.ts',
    'agents/password.routes.ts',
    'agents/rights-review.service.ts',
    'agents/sso.routes.ts',
    'core/permissions.ts',
    'http/mount.ts',
    'supervision/signals-of-day.ts',
    'verifications/step.service.ts',
  ],
  'relative-account': ['supervision/signals-of-day.ts'],
  'caller-not-entitled': ['verifications/step.service.ts'],
};

describe('what may be done is decided in one place', () => {
  test.each([...namesOf('Rule'), ...namesOf('Step')])('« %s » is a word of decision.ts alone', (name) => {
    const allowed = [decision, ...(elsewhere[name] ?? [])].sort();

    expect(filesWith(new RegExp(`'${name}'`))).toEqual(allowed);
  });

  test('there are rules and steps to look for', () => {
    expect(namesOf('Rule').length).toBeGreaterThan(25);
    expect(namesOf('Step')).toContain('confirm-destination');
  });

  test.each<[string, RegExp, string[]]>([
    [
      'decides',
      /(?<!await )\bdecide\(/,
      [
        'accounts/acting.service.ts',
        'accounts/approved-acts.service.ts',
        'accounts/verdicts.ts',
        // A verdict of a review, not a decision about an act.
        'supervision/review-verdicts.service.ts',
      ],
    ],
    ['reads what the file asks for', /(?<!verifications)\.levels\b|\blevels \}/, [decision]],
    ['compares levels', /\bisBelow\(/, [decision, 'desk/saying.ts']],
    ['ranks them', /\bindexOf\(level\)/, ['verifications/levels.ts']],
    [
      'names the level of a confirmed contact',
      /'contact-confirmed'/,
      [decision, 'organisations/policy-parts.schema.ts', 'verifications/levels.ts'],
    ],
    [
      'looks whether anything is proved',
      /\blevel (?:===|!==) 'none'/,
      [decision, 'accounts/issue.service.ts', 'verifications/caller.service.ts'],
    ],
    [
      'looks who may hear',
      /\bisEntitled\(/,
      [decision, 'desk/saying.ts', 'verifications/caller.service.ts', 'verifications/step.service.ts'],
    ],
    [
      'looks whether somebody is a relative',
      /(?<!'approvals?)\.kin\b/,
      [decision, 'supervision/signals-of-day.ts', 'verifications/step.service.ts'],
    ],
    ['looks whether a member is protected', /\bfacts\.isProtected\b/, [decision]],
    ['looks at what was used a short while ago', /\.usedRecently\b/, [decision]],
    ['looks at how much an agent sends', /\.isFarFromDesk\b/, [decision]],
    ['looks whether an agent is new', /\.isBeginner\b/, [decision]],
    ['looks at what was changed in the call', /\.changedHere\b/, [decision]],
    ['looks at the budget of letters without proof', /\.lettersWithoutProofSpent\b/, [decision]],
    ['looks at the budget of unblocks', /\bunblocks\.last(?:24|30)\w+ >=/, [decision]],
  ])('nothing else %s', (_what, pattern, allowed) => {
    expect(filesWith(pattern)).toEqual([...allowed].sort());
  });
});
