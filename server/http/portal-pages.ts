import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { House } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { Language } from '../core/words.ts';
import { languageOf } from './errors.ts';
import type { PortalPageData } from './portal-page.schema.ts';

/** One organisation's pages and where its links lead; app.ts hands them over from the organisations' files. */
export type Portal = {
  id: string;
  name: string;
  title: Record<Language, string>;
  languages: readonly Language[];
  /** Without a slash at the end. */
  address: string;
};
export type PortalPages = { portals: Portal[]; directory: string };

const assets = '/portal/_';
const demoWords = ['title', 'lead', 'mailbox', 'mailboxLead', 'empty', 'reload', 'to', 'from', 'portals'];

/**
 * The member's pages: at /portal/<organisation>, and wherever an organisation's file or PORTAL_URL says. On a host
 * of its own there is nothing else: no console, no desk API, no other organisation (ASVS 3.5.4).
 */
export const portalPages = (house: House, { portals, directory }: PortalPages): RequestHandler => {
  const file = join(directory, 'index.html');
  const html = existsSync(file) ? readFileSync(file, 'utf8') : null;
  const ownHosts = portalsByHost(house, portals);
  const page = (req: Request, res: Response, found: Found): void => {
    if (html === null) throw new AppError('not-found', 'common.notFound');
    sendPage(res, fill(house, html, found, languageFor(req, found)));
  };

  const router = express.Router({ caseSensitive: true });
  const known = new Set([...ownHosts.keys(), new URL(house.publicUrl).host, new URL(house.portalUrl).host]);
  router.use((req, _res, next) => {
    const host = hostOf(req);
    // Links never come from it; but who arrives by another name is shown nothing either (YARDSTICK A15).
    if (house.production && !known.has(host)) throw new AppError('misdirected', 'common.misdirected');
    const own = ownHosts.get(host);
    if (!own || isOf(own, req.path)) return next();
    throw new AppError('not-found', 'common.notFound');
  });
  router.use(
    `${assets}/assets`,
    express.static(join(directory, 'assets'), { immutable: true, maxAge: '1y' }),
  );
  router.get('/{*path}', (req, res, next) => {
    if (isApi(req.path)) return next();
    const own = ownHosts.get(hostOf(req));
    const found = own ? ownPage(own, req.path) : sharedPage(house, portals, req.path);
    if (found) return page(req, res, found);
    // Under /portal nothing may fall through to the console.
    if (own || isUnder(req.path, '/portal')) throw new AppError('not-found', 'common.notFound');
    return next();
  });
  return router;
};

/** Where portals may send from: their own addresses, besides the console's. */
export const portalOrigins = (portals: readonly Portal[]): string[] =>
  portals.map(({ address }) => new URL(address).origin);

/** The host as an address of ours is written: small letters, no default port, no dot at the end. */
const hostOf = (req: Request): string =>
  (req.get('host') ?? '')
    .toLowerCase()
    .replace(/:(80|443)$/, '')
    .replace(/\.(?=:|$)/, '');

type Demo = 'portals' | 'mailbox';
type Found = { portal: Portal } | { demo: Demo; portals: Portal[] };

const portalsByHost = (house: House, portals: readonly Portal[]): Map<string, Portal[]> => {
  const desk = new URL(house.publicUrl).host;
  const byHost = new Map<string, Portal[]>();
  for (const portal of portals) {
    const { host } = new URL(portal.address);
    if (host !== desk) byHost.set(host, [...(byHost.get(host) ?? []), portal]);
  }
  return byHost;
};

const isApi = (path: string): boolean => isUnder(path, '/api') || isUnder(path, '/portal/api');

const isUnder = (path: string, prefix: string): boolean => path === prefix || path.startsWith(`${prefix}/`);

const isOf = (own: Portal[], path: string): boolean =>
  isUnder(path, assets) ||
  own.some(({ id }) => isUnder(path, `/portal/api/${id}`)) ||
  (!isApi(path) && ownPage(own, path) !== undefined);

const ownPage = (own: Portal[], path: string): Found | undefined => {
  const portal = own.find(({ address }) => isPageOf(path, new URL(address).pathname));
  return portal && { portal };
};

const sharedPage = (house: House, portals: Portal[], path: string): Found | undefined => {
  const portal = portals.find(
    ({ id, address }) => isPageOf(path, `/portal/${id}`) || isBeside(house, path, new URL(address)),
  );
  if (portal) return { portal };
  if (house.production) return undefined;
  if (isPageOf(path, '/portal')) return { demo: 'portals', portals };
  return ['/mailbox', '/portal/mailbox'].includes(path) ? { demo: 'mailbox', portals } : undefined;
};

/** PORTAL_URL may name another path of the console's own host. */
const isBeside = ({ publicUrl }: House, path: string, { host, pathname }: URL): boolean =>
  host === new URL(publicUrl).host && pathname !== '/' && isPageOf(path, pathname);

/**
 * A portal is one page; FranceConnect comes back to a path of it and a test letter names one to be typed by hand,
 * everything else stands after the #.
 */
const isPageOf = (path: string, address: string): boolean => {
  const base = address.replace(/\/+$/, '');
  return [base, `${base}/`, `${base}/france-connect`, `${base}/lettre-temoin`].includes(path);
};

const languageFor = (req: Request, found: Found): Language => {
  const wanted = languageOf(req.get('accept-language'));
  if ('demo' in found || found.portal.languages.includes(wanted)) return wanted;
  return found.portal.languages[0] ?? 'fr';
};

const fill = (house: House, html: string, found: Found, language: Language): string => {
  const say = (key: string) => house.words.say(language, `portalPages.${key}`);
  const data: PortalPageData = {
    organisation: 'portal' in found ? found.portal.id : null,
    trouble: say('trouble'),
    demo:
      'demo' in found
        ? {
            page: found.demo,
            portals: found.portals.map(({ id, name, title }) => ({ id, name, title: title[language] })),
            hasMailbox: house.mailbox !== null,
            texts: Object.fromEntries(demoWords.map((key) => [key, say(`demo.${key}`)])),
          }
        : null,
  };
  const title = 'portal' in found ? found.portal.title[language] : say('demo.title');
  const values: Record<string, string> = {
    language,
    title,
    noscript: say('noscript'),
    trouble: say('trouble'),
    training: house.training ? house.words.say(language, 'training.portal') : '',
    page: JSON.stringify(data),
  };
  return html.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => escapeHtml(values[name] ?? ''));
};

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Nothing inline, nothing from elsewhere, in no frame; no address of it goes anywhere. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const sendPage = (res: Response, html: string): void =>
  void res
    .set('Content-Security-Policy', policy)
    .set('Referrer-Policy', 'no-referrer')
    .set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()')
    .set('Cache-Control', 'no-cache')
    .vary('Accept-Language')
    .vary('Host')
    .type('html')
    .send(html);
