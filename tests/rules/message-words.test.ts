import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadWords } from '../../server/core/words.ts';
import { messageTemplates, noticeTemplates } from '../../server/messages/messages.schema.ts';
import { loadMessageWords } from '../../server/messages/message-words.ts';
import { countSms } from '../../server/messages/sms-text.ts';
import { loadOrganisations } from '../../server/organisations/organisations.service.ts';
import type { Policy } from '../../server/organisations/policy.schema.ts';

const words = loadWords('templates');
const policies = ['seeds/organisations', 'tests/support/organisations'].flatMap((directory) =>
  loadOrganisations(directory).all(),
);
const load = (templates = 'templates', among: Policy[] = policies) =>
  loadMessageWords(templates, {
    words,
    policies: among,
    portalAddressOf: ({ id }) => `https://x.example/${id}`,
  });
const book = load();
const policyOf = (id: string): Policy => {
  const found = policies.find((policy) => policy.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

const secrets = {
  link: 'https://x.example/#/lien/Canary',
  code: '987654',
  password: '2345-6789-ABCDE',
  notMe: 'https://x.example/#/pas-moi/Sparrow',
};
const params = { ...secrets, minutes: '1440', day: '20/11/2026', time: '14h32', what: 'adresse e-mail' };
const cases = policies.flatMap((policy) =>
  messageTemplates.flatMap((template) =>
    (['fr', 'en'] as const).map(
      (language) => [`${policy.id} ${template} ${language}`, policy, template, language] as const,
    ),
  ),
);

describe('the words of messages', () => {
  test.each(cases)(
    '%s: whole, in its language, without a secret in the subject',
    (_name, policy, template, language) => {
      const { subject, text, html } = book.render(policy, { template, channel: 'email', language, params });

      expect(`${subject}${text}${html}`).not.toMatch(/\{\{|undefined/);
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).not.toMatch(/<img|<script|<table|src=|@import|url\(/);
      for (const secret of Object.values(secrets)) expect(subject).not.toContain(secret);
      expect(text).toContain(policy.name);
      expect(html).toContain(policy.portal.colours.main);
    },
  );

  test.each(noticeTemplates)('%s carries no secret, and the way to say it was somebody else', (template) => {
    for (const policy of policies) {
      const email = book.render(policy, { template, channel: 'email', language: 'fr', params });
      const sms = book.render(policy, { template, channel: 'sms', language: 'fr', params });

      for (const secret of [secrets.link, secrets.code, secrets.password]) {
        expect(`${email.text}${email.html}${sms.text}`).not.toContain(secret);
      }
      expect(email.text).toContain(secrets.notMe);
      expect(email.html).toContain(`href="${secrets.notMe}"`);
      expect(email.html).toContain('Ce n’était pas moi');
      expect(sms.text).toContain(policy.help.phone);
      expect(sms.text).not.toContain('http');
    }
  });

  test.each(noticeTemplates)('%s without that way names the help line in its place', (template) => {
    for (const policy of policies) {
      for (const [language, told] of [
        ['fr', /Sinon, prévenez tout de suite ([^.]*) au ([\d\s]+)\./],
        ['en', /If not, tell ([^.]*) at once, on ([\d\s]+)\./],
      ] as const) {
        const { text, html } = book.render(policy, {
          template,
          channel: 'email',
          language,
          params: { ...params, notMe: '' },
        });

        const [, service, phone = ''] = told.exec(text) ?? [];
        expect([service, phone.replace(/\s/g, ' ')]).toEqual([policy.help.name[language], policy.help.phone]);
        expect(`${text}${html}`).not.toMatch(/gelé|frozen|href=""|\n\n\n/);
        expect(html).not.toContain('Ce n’était pas moi');
      }
    }
  });

  test.each(['reset-link', 'code', 'temporary-password'] as const)('%s warns whoever gets it', (template) => {
    for (const policy of policies) {
      const { text } = book.render(policy, { template, channel: 'email', language: 'fr', params });

      expect(text).toContain('Ne le communiquez à personne, pas même à un conseiller');
      if (template === 'reset-link') continue;
      const sms = book.render(policy, {
        template,
        channel: 'sms',
        language: 'fr',
        params: { ...params, minutes: '10' },
      });
      expect(sms.text).toContain('Ne le communiquez à personne, ni à un conseiller.');
      expect(countSms(sms.text)).toMatchObject({ encoding: 'gsm7' });
    }
  });

  test('each organisation says it in its own words', () => {
    const say = (id: string, template: 'reset-link' | 'code', minutes: string) =>
      book.render(policyOf(id), {
        template,
        channel: 'email',
        language: 'fr',
        params: { ...params, minutes },
      }).text;

    expect(say('safiag', 'reset-link', '1440')).toMatch(/6 chiffres[^]*valable 24\s+heures/);
    expect(say('mutuelle-agents-publics', 'code', '10')).toMatch(
      /code d’activation[^]*Laissez ouverte[^]*spam/,
    );
    expect(say('msa-sud-aquitaine', 'code', '30')).toMatch(/code de confirmation[^]*valable 30\s+minutes/);
    expect(say('mgen', 'reset-link', '1440')).toContain('Changer de mot de passe'.toLowerCase());
  });

  test('a value is text in HTML, whatever it holds', () => {
    const sly = { ...policyOf('safiag'), name: 'A<b>"&' };

    const { html, text } = book.render(sly, { template: 'code', channel: 'email', language: 'fr', params });

    expect(html).not.toContain('<b>');
    expect(html).toContain('A&lt;b&gt;&quot;&amp;');
    expect(text).toContain('A<b>"&');
  });
});

describe('what stops the start', () => {
  const withFile = (path: string, text: string): string => {
    const directory = mkdtempSync(join(tmpdir(), 'guichet-messages-'));
    cpSync('templates/messages', join(directory, 'messages'), { recursive: true });
    mkdirSync(join(directory, 'messages', path, '..'), { recursive: true });
    writeFileSync(join(directory, 'messages', path), text);
    return directory;
  };

  test.each([
    [
      'an unknown placeholder',
      'code/fr.yaml',
      '# {{any}}\nsms: "{{prenom}}"\n',
      /fr\.yaml, line 2: .*\{\{prenom\}\}/,
    ],
    [
      'another message’s secret',
      'notice-unblocked/fr.yaml',
      'sms: "{{code}}"\n',
      /fr\.yaml, line 1: .*\{\{code\}\}/,
    ],
    ['raw braces', 'code/fr.yaml', 'sms: "{{{code}}}"\n', /fr\.yaml, line 1/],
    [
      'a secret in the subject',
      'code/fr.yaml',
      'email: { subject: "{{code}}" }\n',
      /email\.subject: \{\{code\}\}/,
    ],
    [
      'no secret in the text',
      'code/fr.yaml',
      'email: { text: [Bonjour] }\n',
      /email\.text: \{\{code\}\} is missing/,
    ],
    ['no secret in the SMS', 'code/fr.yaml', 'sms: Bonjour\n', /sms: \{\{code\}\} is missing/],
    [
      'a link in an SMS',
      'notice-recovery/fr.yaml',
      'sms: "{{notMe}}"\n',
      /sms: \{\{notMe\}\} is for e-mails/,
    ],
    ['an unknown key', 'code/fr.yaml', 'objet: Bonjour\n', /fr\.yaml: .*objet/],
    ['an unknown message', 'codes/fr.yaml', 'sms: Bonjour\n', /codes: no such message/],
    ['a passage that never ends', 'code/fr.yaml', 'sms: "{{#phone}}{{code}}"\n', /sms: Unclosed section/],
  ])('%s', (_what, path, text, message) => {
    expect(() => load(withFile(`safiag/${path}`, text))).toThrow(message);
  });

  test('raw braces in the layout', () => {
    expect(() => load(withFile('layout.html', '<p>{{{text}}}</p>'))).toThrow(/layout\.html/);
  });

  test('an SMS of too many segments, named with what makes it long', () => {
    const long =
      'Vous êtes sur le point de recevoir un code, que voici, et que vous garderez pour vous : {{code}}';

    expect(() => load(withFile('safiag/code/fr.yaml', `sms: "${long}"\n`))).toThrow(
      /safiag code \(fr\): 2 segments \(ucs2, 9\d signs\), at most 1; not in the GSM alphabet: ê$/,
    );
    const generous = policies.map((policy) => ({ ...policy, sms: { ...policy.sms, maxSegments: 2 } }));
    expect(() => load(withFile('safiag/code/fr.yaml', `sms: "${long}"\n`), generous)).not.toThrow();
  });
});
