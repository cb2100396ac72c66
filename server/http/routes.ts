import type { z } from 'zod';
import type { Ctx, Visit } from '../core/ctx.ts';
import { look, perform, read } from '../core/perform.ts';
import type { ListQuery, Page } from '../core/page.ts';
import type { Permission } from '../core/permissions.ts';
import { makeListQuery } from './lists.ts';
import type { Identified } from './session.ts';
import type { Feed, Outgoing } from './streams.ts';

/**
 * The route table is data: validation, permission, the duty to audit and OpenAPI are read from it,
 * so they cannot disagree. What is not in a table does not exist.
 *
 * - `act`: one transaction that records what it did; `steps`: an act in several transactions
 *   with slow work between them (sign-in, print).
 * - `look`: shows a member, and is recorded before it answers.
 * - `read`: shows nothing of a member and needs no record.
 * - `stream`: bytes that leave piece by piece, each step recorded before its bytes.
 * - `feed`: what happens, told while it happens; ids and types only, so that it needs no record either.
 */
export type RouteKind = 'act' | 'steps' | 'look' | 'read' | 'stream' | 'feed';
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Who may: a permission of the desk, anyone (`public`), or a member's own portal session. */
export type Access = Permission | 'public' | PortalAccess;
/**
 * A member's session: with nothing left to do before their space; whose contacts, or terms, may come next; or any,
 * one that only chooses a password included. Each opens what the ones before it open (ASVS 2.3.1).
 */
export type PortalAccess = 'portal' | 'portal-contacts' | 'portal-terms' | 'portal-change';

export type Input<Body = unknown, Query = unknown> = {
  /** The `:id` of the path, empty when it has none. */
  id: string;
  params: Record<string, string>;
  body: Body;
  query: Query;
};

/** What a route may ask of the connection besides its answer. Features see this, never Express. */
export type Web = {
  /** The network address of whoever asks; with a client key, of the member it speaks for. */
  address: string;
  /** The organisation's own server that asks, by its key. */
  portalClientId: string | null;
  /** What stands behind `Authorization: Bearer`. */
  bearerToken: string | null;
  /** Opens the desk session of an agent, under a new identifier. */
  signIn: (agentId: string) => Promise<{ sessionId: string }>;
  signOut: () => Promise<void>;
  /** Runs passport's local strategy on the body; null when it refuses. */
  authenticate: () => Promise<Identified | null>;
  deskSessionId: string | null;
  /** The session may not be used from where this request comes: its agent's site has networks of its own. */
  isElsewhere: boolean;
  /** The member's cookie, on the organisation's own path. */
  setPortalCookie: (organisationId: string, token: string) => void;
  clearPortalCookie: (organisationId: string) => void;
  /** The cookie that binds a recovery to the browser that began it. */
  setRecoveryCookie: (organisationId: string, token: string) => void;
  recoveryToken: (organisationId: string) => string | undefined;
  /** The cookie that binds a way through an identity provider; `null` takes it away. */
  setFederationCookie: (organisationId: string, token: string | null) => void;
  federationToken: (organisationId: string) => string | undefined;
  /** The cookie that binds a way through the desk's single sign-on to this browser; `null` takes it away. */
  setSsoCookie: (token: string | null) => void;
  ssoToken: string | undefined;
  upload: AsyncIterable<Uint8Array>;
};

export type WebVisit = Visit & { web: Web };

export type { Feed, Outgoing } from './streams.ts';

export type Route = {
  kind: RouteKind;
  method: Method;
  path: string;
  summary: string;
  access: Access;
  body?: z.ZodType;
  query?: z.ZodType;
  response: z.ZodType;
  /** Set on lists: the resource named in Content-Range. */
  list?: string;
  /** Polling: never keeps a session alive. */
  background: boolean;
  /** The body is a file, streamed. */
  upload: boolean;
  /** What a stream is. */
  contentType: string;
  status: number;
  /** Acts in one transaction answer the same to the same Idempotency-Key. */
  run: (visit: WebVisit, input: Input, out: Outgoing | Feed) => Promise<unknown>;
  inTransaction?: (ctx: Ctx, input: Input) => Promise<unknown>;
  /** What an act does before its transaction; answers the body that goes into it. */
  first?: (visit: WebVisit, input: Input) => Promise<unknown>;
};

type Spec<Body extends z.ZodType, Query extends z.ZodType, Response extends z.ZodType> = {
  summary: string;
  permission: Access;
  body?: Body;
  query?: Query;
  response: Response;
  status?: number;
  background?: boolean;
  contentType?: string;
};

type Handler<C, Body extends z.ZodType, Query extends z.ZodType, Response extends z.ZodType> = (
  visit: C,
  input: Input<z.output<Body>, z.output<Query>>,
) => Promise<z.input<Response>>;

const base = (
  kind: RouteKind,
  method: Method,
  path: string,
  spec: Spec<z.ZodType, z.ZodType, z.ZodType>,
) => ({
  kind,
  method,
  path,
  summary: spec.summary,
  access: spec.permission,
  body: spec.body,
  query: spec.query,
  response: spec.response,
  background: spec.background ?? false,
  upload: false,
  contentType: spec.contentType ?? 'application/pdf',
  status: spec.status ?? 200,
});

/**
 * An act in one transaction. What is slow, such as asking a password again, is done `first`, at every request: an
 * Idempotency-Key repeats the answer, not the proof. What it returns goes on as the body, so that a secret stays
 * outside the transaction and outside what is kept of the key.
 */
export const action = <B extends z.ZodType, Q extends z.ZodType, R extends z.ZodType, Body = z.output<B>>(
  method: Exclude<Method, 'get'>,
  path: string,
  spec: Spec<B, Q, R> & {
    first?: (visit: WebVisit, input: Input<z.output<B>, z.output<Q>>) => Promise<Body>;
    handle: (ctx: Ctx, input: Input<Body, z.output<Q>>) => Promise<z.input<R>>;
  },
): Route => {
  const handle = spec.handle as (ctx: Ctx, input: Input) => Promise<unknown>;
  return {
    ...base('act', method, path, spec),
    first: spec.first as Route['first'],
    inTransaction: handle,
    run: (visit, input) => perform(visit, (ctx) => handle(ctx, input)),
  };
};

/** An act in several transactions; the handler calls `perform` itself. */
export const steps = <B extends z.ZodType, Q extends z.ZodType, R extends z.ZodType>(
  method: Exclude<Method, 'get'>,
  path: string,
  spec: Spec<B, Q, R> & { upload?: boolean; handle: Handler<WebVisit, B, Q, R> },
): Route => ({
  ...base('steps', method, path, spec),
  upload: spec.upload ?? false,
  run: spec.handle as Route['run'],
});

/** A look at members, recorded before it answers; the handler calls `look` itself when it needs two steps. */
export const looking = <B extends z.ZodType, Q extends z.ZodType, R extends z.ZodType>(
  method: Method,
  path: string,
  spec: Spec<B, Q, R> & { list?: string; handle: Handler<WebVisit, B, Q, R | z.ZodType> },
): Route => ({
  ...base('look', method, path, spec),
  list: spec.list,
  run: spec.handle as Route['run'],
});

/** A read that shows nothing of a member. */
export const reading = <B extends z.ZodType, Q extends z.ZodType, R extends z.ZodType>(
  path: string,
  spec: Spec<B, Q, R> & { handle: Handler<Ctx & { web: Web }, B, Q, R> },
): Route => {
  const handle = spec.handle as (ctx: Ctx & { web: Web }, input: Input) => Promise<unknown>;
  return {
    ...base('read', 'get', path, spec),
    run: (visit, input) => read(visit, (ctx) => handle({ ...ctx, web: visit.web }, input)),
  };
};

/** A list as ra-data-simple-rest asks for it. Only the named filters and sort fields exist. */
export const listing = <F extends z.ZodRawShape, S extends string, R extends z.ZodType>(
  path: string,
  spec: {
    summary: string;
    permission: Access;
    filter: F;
    sortable: readonly [S, ...S[]];
    response: R;
    /** Lists that show members are looks: recorded before they answer. */
    kind?: 'read' | 'look';
    handle: (ctx: Ctx, query: ListQuery<z.output<z.ZodObject<F>>, S>) => Promise<Page<z.input<R>>>;
  },
): Route => {
  const kind = spec.kind ?? 'read';
  const handle = spec.handle as unknown as (ctx: Ctx, query: unknown) => Promise<unknown>;
  return {
    ...base(kind, 'get', path, { ...spec, query: makeListQuery(spec.filter, spec.sortable) }),
    list: path.slice(1),
    run: (visit, { query }) => (kind === 'look' ? look : read)(visit, (ctx) => handle(ctx, query)),
  };
};

/** Bytes that leave piece by piece. */
export const streaming = <B extends z.ZodType, Q extends z.ZodType>(
  method: Method,
  path: string,
  spec: Omit<Spec<B, Q, z.ZodType>, 'response'> & {
    response: z.ZodType;
    handle: (visit: WebVisit, input: Input<z.output<B>, z.output<Q>>, out: Outgoing) => Promise<void>;
  },
): Route => ({ ...base('stream', method, path, spec), run: spec.handle as Route['run'] });

/** Server-sent events about one thing; in the background: they keep nothing alive. */
export const feeding = (
  path: string,
  spec: Pick<Spec<z.ZodType, z.ZodType, z.ZodType>, 'summary' | 'permission' | 'response'> & {
    handle: (visit: WebVisit, input: Input, feed: Feed) => Promise<void>;
  },
): Route => ({
  ...base('feed', 'get', path, { ...spec, background: true }),
  run: spec.handle as Route['run'],
});
