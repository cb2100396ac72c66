import type { z } from 'zod';
import type { Ctx } from '../core/ctx.ts';
import { channels, type Channel, type SpaceType } from '../core/vocabulary.ts';
import { hoursInWords } from '../organisations/opening-hours.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Wording } from '../organisations/policy-parts.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { isFederationOffered } from './france-connect-file.ts';
import { ruleAsTests, ruleInWords } from './password-words.ts';
import type { PortalDescription, RecoveryPath } from './portal.schema.ts';

type Described = z.input<typeof PortalDescription>;
type Saying = Pick<Ctx, 'house' | 'language'>;

/**
 * Everything the member's pages need before anybody signs in, from the organisation's file and the templates: no
 * member is looked at, and everybody gets the same bytes.
 */
export const describePortal = (ctx: Ctx, organisationId: string): Described => {
  const policy = policyOf(ctx.house, organisationId);
  const language = policy.languages.includes(ctx.language) ? ctx.language : (policy.languages[0] ?? 'fr');
  const saying = { house: ctx.house, language };
  const say = (wording: Wording): string => wording[language];
  const { portal, signIn, help } = policy;
  const { labels } = portal;
  return {
    id: policy.id,
    name: policy.name,
    portalName: say(portal.name),
    languages: policy.languages,
    language,
    colours: portal.colours,
    publicSite: portal.publicSite,
    safetyAdvice: portal.safetyAdvice,
    labels: {
      password: say(labels.password),
      forgottenPassword: say(labels.forgottenPassword),
      unblock: labels.unblock && say(labels.unblock),
      register: labels.register && say(labels.register),
      whereIsIdentifier: labels.whereIsIdentifier && say(labels.whereIsIdentifier),
    },
    identifiers: signIn.identifiers.map(({ kind, label, foundOn }) => ({
      kind,
      label: say(label),
      foundOn: say(foundOn),
    })),
    password: passwordOf(saying, policy),
    maxFailures: policy.lock.maxFailures,
    antiRobot: signIn.antiRobotStep,
    franceConnect: isFederationOffered(ctx.house, policy)
      ? signIn.franceConnectFor.map((id) => ({ id, label: spaceLabel(saying, id) }))
      : null,
    firstPassword: firstPasswordOf(policy, say),
    paths: pathsOf(saying, policy, say),
    channels: messageAndPaper(policy),
    help: {
      name: say(help.name),
      phone: help.phone,
      email: help.email,
      hours: hoursInWords(saying, help.hours),
    },
    texts: ctx.house.portalTexts(policy.id, language),
    mailbox: ctx.house.mailbox ? '/mailbox' : null,
  };
};

const passwordOf = (saying: Saying, policy: Policy): Described['password'] => {
  const rule = policy.chosenPassword;
  return {
    digits: rule.kind === 'digits' ? rule.digits : null,
    shuffledKeypad: rule.kind === 'digits' && rule.shuffledKeypad,
    strengthMeter: rule.kind === 'composed' && rule.strengthMeter,
    rule: ruleInWords(saying, policy),
    tests: ruleAsTests(policy),
  };
};

const firstPasswordOf = (
  { firstPassword }: Policy,
  say: (wording: Wording) => string,
): Described['firstPassword'] => {
  const { ways, statementCodeFoundOn } = firstPassword;
  if (!ways.includes('statement-code') && !ways.includes('letter')) return null;
  return { foundOn: statementCodeFoundOn && say(statementCodeFoundOn) };
};

const pathsOf = (saying: Saying, policy: Policy, say: (wording: Wording) => string): Described['paths'] => {
  const { recovery, memberUnblock, proofs } = policy;
  const path = (name: RecoveryPath, asks: string[], proved: Described['paths'][number]['proofs'] = []) => ({
    path: name,
    asksBirthDate: asks.includes('birth-date'),
    proofs: proved,
  });
  const found = [path('forgotten', recovery.asks)];
  if (memberUnblock.path === 'own-page') found.push(path('unblock', memberUnblock.asks));
  if (proofs.length === 0) return found;

  const proved = proofs.flatMap(({ spaceTypes, anyOf }) =>
    spaceTypes.map((spaceType) => ({
      spaceType,
      label: spaceLabel(saying, spaceType),
      facts: policy.facts
        .filter(({ id }) => anyOf.includes(id))
        .map(({ id, label, kind, withinMonths }) => ({
          id,
          label: say(label),
          kind,
          hint: withinMonths === null ? null : withinInWords(saying, withinMonths),
        })),
    })),
  );
  return [...found, path('first', recovery.asks, proved)];
};

/** The channels of the file, a kind once, in the order in which a person meets them everywhere. */
const messageAndPaper = (policy: Policy): Channel[] => {
  const kinds = policy.channels.map(({ kind }) => kind.split('-')[0]);
  return channels.filter((channel) => kinds.includes(channel));
};

const spaceLabel = ({ house, language }: Saying, space: SpaceType): string =>
  house.words.say(language, `space.spaceTypes.${space}`);

const withinInWords = ({ house, language }: Saying, months: number): string =>
  house.words.say(language, 'space.factWithin', { months });
