import { resolve } from 'node:path';
import { z } from 'zod';
import { Role } from './core/vocabulary.ts';

const address = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol));

const isRole = (text: string): text is Role => Role.safeParse(text).success;
const roles = Role.options;
const defaultFactorRoles = 'supervisor,print-operator,administrator';

/** Each variable: its check, what is expected in words, an example. The only reader of process.env. */
const variables = {
  NODE_ENV: [z.enum(['production', 'development', 'test']), 'production, development or test', 'production'],
  PORT: [z.coerce.number().int().min(0).max(65_535), 'a port number from 0 to 65535', '3000'],
  HOST: [z.string().min(1), 'the address to listen on', '127.0.0.1'],
  DATABASE_URL: [
    z.string().regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/),
    'sqlite:<file> or postgres://…',
    'postgres://guichet@localhost/guichet',
  ],
  DATA_DIR: [z.string().min(1), 'a directory', './data'],
  ORGANISATIONS_DIR: [z.string().min(1), 'a directory of YAML files', './seeds/organisations'],
  TEMPLATES_DIR: [z.string().min(1), 'a directory', './templates'],
  LIMITS_FILE: [z.string().min(1), 'the YAML file of the budgets', './seeds/limits.yaml'],
  COSTS_FILE: [z.string().min(1), 'the YAML file of what things cost', './seeds/costs.yaml'],
  REVIEWS_FILE: [z.string().min(1), 'the YAML file of the review queue’s signals', './seeds/reviews.yaml'],
  PUBLIC_URL: [address(['http:', 'https:']), "the console's own address", 'https://guichet.mutuelle.example'],
  PORTAL_URL: [address(['http:', 'https:']), "the portal's address", 'https://espace.mutuelle.example'],
  KEYS_FILE: [z.string().min(1), 'the file that holds the keys', '/etc/guichet/keys.json'],
  SMTP_URL: [
    address(['smtp:', 'smtps:']),
    'smtp://… or smtps://… of the mail server',
    'smtps://user:password@smtp.mutuelle.example',
  ],
  SMS_URL: [
    address(['smpp:', 'ssmpp:', 'https:', 'http:']),
    'smpp://…, ssmpp://… or https://… of the SMS gateway',
    'smpp://system:password@smpp.operator.example:2775',
  ],
  SMS_GATEWAY_FILE: [
    z.string().min(1),
    'a YAML file that describes an HTTP gateway',
    '/etc/guichet/sms.yaml',
  ],
  PRINTER_URL: [
    z.string().refine((text) => !text.includes('://') || address(['ipp:', 'ipps:']).safeParse(text).success),
    'ipp://… or ipps://… of the printer, or a directory that it takes files from',
    'ipps://impression.mutuelle.example/printers/courriers',
  ],
  PRINTER_KEY_FILE: [
    z.string().min(1),
    'the armored OpenPGP public key of whoever takes files from the printer’s directory',
    '/etc/guichet/impression.asc',
  ],
  MAIL_HOUSE_DIR: [
    z.string().min(1),
    'the directory that the mail house takes its work from',
    '/srv/routeur',
  ],
  MAIL_HOUSE_KEY_FILE: [
    z.string().min(1),
    'the armored OpenPGP public key of the mail house',
    '/etc/guichet/routeur.asc',
  ],
  FRANCECONNECT_FILE: [
    z.string().min(1),
    'a JSON file: organisation → issuer, clientId, clientSecret',
    '/etc/guichet/franceconnect.json',
  ],
  SECOND_FACTOR_ROLES: [
    z.string().refine((text) => text === 'none' || text.split(',').every((one) => isRole(one.trim()))),
    `none, or some of ${roles.join(', ')}, comma-separated`,
    defaultFactorRoles,
  ],
  SSO_FILE: [
    z.string().min(1),
    'a YAML or JSON file: issuer, clientId, clientSecret, groups → role and organisations',
    '/etc/guichet/sso.yaml',
  ],
  AUDIT_SINK: [
    z.literal('file').or(address(['syslog:', 'syslog+tcp:'])),
    'file, syslog://… (UDP) or syslog+tcp://… of the log server',
    'syslog+tcp://journal.mutuelle.example:601',
  ],
  AUDIT_RETENTION_MONTHS: [z.coerce.number().int().min(6).max(36), 'a number of months from 6 to 36', '12'],
  METRICS_TOKEN: [z.string().min(20).max(200), 'at least 20 characters', 'a long random text'],
  TRUST_PROXY: [z.string().min(1), 'addresses of the proxies in front, comma-separated', '10.0.0.1'],
  DEMO_PASSWORD: [z.string().min(8).max(128), 'at least 8 characters', 'une-phrase-de-demonstration'],
  LOG_LEVEL: [
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
    'fatal … debug or silent',
    'info',
  ],
} as const satisfies Record<string, readonly [z.ZodType, string, string]>;

export type Env = {
  production: boolean;
  port: number;
  host: string;
  databaseUrl: string;
  dataDirectory: string;
  organisationsDirectory: string;
  templatesDirectory: string;
  publicUrl: string;
  portalUrl: string;
  limitsFile: string;
  reviewsFile: string;
  costsFile: string;
  smtpUrl: string | null;
  smsUrl: string | null;
  smsGatewayFile: string | null;
  franceConnectFile: string | null;
  /** `ipp://…`, `ipps://…`, or the absolute path of a directory. */
  printerUrl: string | null;
  printerKeyFile: string | null;
  mailHouseDirectory: string | null;
  mailHouseKeyFile: string | null;
  /** Roles that work with a second factor only. */
  secondFactorRoles: Role[];
  ssoFile: string | null;
  /** `file`, `syslog://…` or `syslog+tcp://…`. */
  auditSink: string;
  auditRetentionMonths: number;
  metricsToken: string | null;
  keysFile: string;
  trustProxy: string[];
  demoPassword: string | null;
  logLevel: string;
};

/** @throws Error listing every wrong variable with what is expected and an example. */
export const readEnv = (source: Record<string, string | undefined> = process.env): Env => {
  const wrong: string[] = [];
  const get = <Name extends keyof typeof variables>(name: Name): string | undefined => {
    const [schema, expected, example] = variables[name];
    const value = source[name] === '' ? undefined : source[name];
    if (value !== undefined && !schema.safeParse(value).success) {
      wrong.push(`${name} is wrong: expected ${expected}. Example: ${name}=${example}`);
    }
    return value;
  };
  const needed = (name: keyof typeof variables, why: string): string | undefined => {
    const value = get(name);
    if (value === undefined && production)
      wrong.push(`${name} is missing: ${why}. Example: ${name}=${variables[name][2]}`);
    return value;
  };

  const production = get('NODE_ENV') === 'production';
  const port = Number(get('PORT') ?? 3000);
  const dataDirectory = resolve(get('DATA_DIR') ?? './data');
  const publicUrl = needed('PUBLIC_URL', 'links in messages are made from it') ?? `http://localhost:${port}`;
  const env: Env = {
    production,
    port,
    host: get('HOST') ?? (production ? '0.0.0.0' : '127.0.0.1'),
    databaseUrl: get('DATABASE_URL') ?? `sqlite:${resolve(dataDirectory, 'guichet.sqlite')}`,
    dataDirectory,
    organisationsDirectory: resolve(get('ORGANISATIONS_DIR') ?? './seeds/organisations'),
    templatesDirectory: resolve(get('TEMPLATES_DIR') ?? './templates'),
    publicUrl,
    portalUrl: get('PORTAL_URL') ?? `${publicUrl}/portal`,
    keysFile: resolve(needed('KEYS_FILE', 'keys live outside the database') ?? `${dataDirectory}/keys.json`),
    limitsFile: resolve(get('LIMITS_FILE') ?? './seeds/limits.yaml'),
    reviewsFile: resolve(get('REVIEWS_FILE') ?? './seeds/reviews.yaml'),
    costsFile: resolve(get('COSTS_FILE') ?? './seeds/costs.yaml'),
    smtpUrl: get('SMTP_URL') ?? null,
    smsUrl: get('SMS_URL') ?? null,
    smsGatewayFile: get('SMS_GATEWAY_FILE') ?? null,
    franceConnectFile: get('FRANCECONNECT_FILE') ?? null,
    ...readPrinting({ get, needed, wrong }),
    secondFactorRoles: (get('SECOND_FACTOR_ROLES') ?? defaultFactorRoles)
      .split(',')
      .map((one) => one.trim())
      .filter(isRole),
    ssoFile: get('SSO_FILE') ?? null,
    auditSink: get('AUDIT_SINK') ?? 'file',
    auditRetentionMonths: Number(get('AUDIT_RETENTION_MONTHS') ?? 12),
    metricsToken: get('METRICS_TOKEN') ?? null,
    trustProxy: (get('TRUST_PROXY') ?? '').split(',').filter(Boolean),
    demoPassword: get('DEMO_PASSWORD') ?? null,
    logLevel: get('LOG_LEVEL') ?? 'info',
  };
  if (wrong.length > 0) throw new Error(`The environment is wrong.\n${wrong.join('\n')}`);
  return env;
};

type Reading = {
  get: (name: keyof typeof variables) => string | undefined;
  needed: (name: keyof typeof variables, why: string) => string | undefined;
  wrong: string[];
};
type Printing = Pick<Env, 'printerUrl' | 'printerKeyFile' | 'mailHouseDirectory' | 'mailHouseKeyFile'>;

const readPrinting = ({ get, needed, wrong }: Reading): Printing => {
  const url = get('PRINTER_URL');
  const isDirectory = url !== undefined && !url.includes('://');
  const keyFile = isDirectory
    ? needed('PRINTER_KEY_FILE', 'in production a directory receives OpenPGP only')
    : get('PRINTER_KEY_FILE');
  if (keyFile && !isDirectory)
    wrong.push('PRINTER_KEY_FILE encrypts what a directory receives: set PRINTER_URL to a directory.');
  const [directory, directoryKey] = [get('MAIL_HOUSE_DIR'), get('MAIL_HOUSE_KEY_FILE')];
  if ((directory === undefined) !== (directoryKey === undefined))
    wrong.push('MAIL_HOUSE_DIR and MAIL_HOUSE_KEY_FILE belong together: set both or none.');
  return {
    printerUrl: isDirectory ? resolve(url) : (url ?? null),
    printerKeyFile: pathOf(keyFile),
    mailHouseDirectory: pathOf(directory),
    mailHouseKeyFile: pathOf(directoryKey),
  };
};

const pathOf = (text: string | undefined): string | null => (text === undefined ? null : resolve(text));
