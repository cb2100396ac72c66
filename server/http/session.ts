import { createHash } from 'node:crypto';
import { ConnectSessionKnexStore } from 'connect-session-knex';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import session, { type Session, type SessionData } from 'express-session';
import passport from 'passport';
import { Strategy as LocalStrategy } from 'passport-local';
import type { Actor, House, Scope } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { housekeep } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import type { Role } from '../core/vocabulary.ts';

/** A desk session as the agents room keeps it; http only carries it. */
export type DeskSession = {
  id: string;
  actor: Extract<Actor, { kind: 'agent' }>;
  scope: Scope;
  signedInAt: Date;
  lastSeenAt: Date;
  /** Where on the network it may be used; null: anywhere. */
  networks: readonly string[] | null;
};

/** Who the local strategy found. */
export type Identified = {
  id: string;
  name: string;
  role: Role;
  siteId: string | null;
  team: string | null;
};

/** What http needs from rooms to its right; app.ts hands it over. */
export type SessionKeeper = {
  find: (agentId: string, sessionId: string) => Promise<DeskSession | undefined>;
  /** Whose session it is, with what connect-session-knex keeps of it, as JSON or already read from it. */
  open: (sessionId: string) => Promise<{ session: DeskSession; kept: unknown } | undefined>;
  touch: (db: House['pool'], sessionId: string, now: Date) => Promise<void>;
  verify: (username: string, password: Secret) => Promise<Identified | null>;
};

declare module '../core/ctx.ts' {
  interface House {
    sessions: SessionKeeper;
    /** Where the console is served from: cookies are Secure and prefixed when it is https. */
    publicUrl: string;
  }
}

declare module 'express-serve-static-core' {
  interface Request {
    desk?: DeskSession;
    /** What was found under the cookie, before anybody looked whether it still holds. */
    foundSession?: DeskSession | undefined;
  }
}

type Authenticator = InstanceType<typeof passport.Passport>;

export const idleMinutes = 15;
export const absoluteHours = 10;
const touchSeconds = 30;

/** What stands in the database instead of the cookie's value: a stolen table opens nothing. */
export const sessionIdOf = (cookieValue: string): string =>
  createHash('sha256').update(cookieValue).digest('base64url');

/** express-session over connect-session-knex, then passport; in this order, before any desk route. */
export const deskSessions = (house: House): { handlers: RequestHandler[]; authenticator: Authenticator } => {
  const secure = house.publicUrl.startsWith('https:');
  const authenticator = new passport.Passport();
  authenticator.use(
    new LocalStrategy((username, password, done) => {
      house.sessions.verify(username, new Secret(password)).then(
        (agent) => done(null, agent ?? false),
        (error: unknown) => done(error),
      );
    }),
  );
  authenticator.serializeUser((user, done) => done(null, (user as { id: string }).id));
  authenticator.deserializeUser(
    (req: Request, id: string, done: (error: unknown, user?: Express.User | false) => void) => {
      const found = stillOpen(house, req.foundSession);
      if (found?.actor.id !== id) return done(null, false);
      req.desk = found;
      return done(null, { id } as Express.User);
    },
  );

  const handlers: RequestHandler[] = [
    session({
      name: secure ? '__Host-guichet' : 'guichet',
      secret: house.keys.derive('session-cookie').toString('base64url'),
      store: new HashedStore(house),
      resave: false,
      saveUninitialized: false,
      rolling: false,
      // Signing out destroys it; a look-up that fails has no session either, and must not end one.
      unset: 'keep',
      cookie: { httpOnly: true, sameSite: 'strict', secure, path: '/', maxAge: absoluteHours * 3_600_000 },
    }),
    authenticator.initialize(),
    authenticator.session(),
  ];
  return { handlers, authenticator };
};

/** Runs the local strategy on the body; null when username and password do not go together. */
export const authenticate = (req: Request, res: Response): Promise<Identified | null> =>
  new Promise((resolve, reject) => {
    const done = (error: unknown, user: unknown) => {
      if (error) return reject(error as Error);
      return resolve(user ? (user as Identified) : null);
    };
    const authenticator = req.app.locals.authenticator as Authenticator;
    const run = authenticator.authenticate('local', { session: false }, done) as RequestHandler;
    void run(req, res, ((error: unknown) => reject(error as Error)) as NextFunction);
  });

/** Renews the identifier (passport regenerates it) and opens the session of `agentId`. */
export const signIn = (req: Request, agentId: string): Promise<{ sessionId: string }> =>
  new Promise((resolve, reject) => {
    req.logIn({ id: agentId } as Express.User, (error: unknown) => {
      if (error) return reject(error as Error);
      // Without this the cookie could reach the browser before the row that makes it good.
      req.session.save((failed: unknown) =>
        failed ? reject(failed as Error) : resolve({ sessionId: sessionIdOf(req.sessionID) }),
      );
    });
  });

export const signOut = (req: Request): Promise<void> =>
  new Promise((resolve, reject) => {
    req.session.destroy((error: unknown) => (error ? reject(error as Error) : resolve()));
  });

/** A session as it stands now; nothing once it was revoked, has stood idle or grown too old. */
export const sessionNow = async (
  house: House,
  { agentId, sessionId }: { agentId: string; sessionId: string },
): Promise<DeskSession | undefined> => stillOpen(house, await house.sessions.find(agentId, sessionId));

const stillOpen = (house: House, found: DeskSession | undefined): DeskSession | undefined => {
  if (!found) return undefined;
  const now = house.clock().getTime();
  if (now - found.lastSeenAt.getTime() > idleMinutes * 60_000) return undefined;
  if (now - found.signedInAt.getTime() > absoluteHours * 3_600_000) return undefined;
  return found;
};

/** Keeps a session alive by what its agent does themselves. */
export const touchSession = async (house: House, req: Request): Promise<void> => {
  const { desk } = req;
  if (!desk) return;
  if (house.clock().getTime() - desk.lastSeenAt.getTime() < touchSeconds * 1_000) return;
  await housekeep(house, (db, now) => house.sessions.touch(db, desk.id, now));
};

/** Polling and live events carry this mark, or their route says so: they never keep a session alive. */
export const isBackground = (req: Request): boolean => req.get('x-guichet-background') !== undefined;

type Callback = (error?: unknown, session?: SessionData | null) => void;

// connect-session-knex calls back and rejects as well: unwrapped, a database error would end the process.
class HashedStore extends ConnectSessionKnexStore {
  readonly #keeper: SessionKeeper;
  readonly #found = new WeakMap<SessionData, DeskSession>();

  constructor({ pool, sessions }: House) {
    super({ knex: pool, createTable: false, cleanupInterval: 0, tableName: 'sessions' });
    this.#keeper = sessions;
  }

  // Every request asks: what the package keeps and whose session it is are one statement, of the agents room. What is
  // kept ends as long after the sign-in as the session itself, which `stillOpen` looks at.
  override get(sid: string, callback: Callback): Promise<SessionData | null> {
    const tell = this.#guarded(callback);
    return this.#open(sessionIdOf(sid)).then(
      (data) => (tell(null, data), data),
      (error: unknown) => (tell(error), null),
    );
  }

  async #open(id: string): Promise<SessionData | null> {
    const opened = await this.#keeper.open(id);
    if (!opened) return null;
    const data = readKept(opened.kept);
    this.#found.set(data, opened.session);
    return data;
  }

  override createSession(req: Request, data: SessionData): Session & SessionData {
    req.foundSession = this.#found.get(data);
    return super.createSession(req, data);
  }

  override async set(sid: string, data: SessionData, callback?: (error?: unknown) => void): Promise<void> {
    await super.set(sessionIdOf(sid), data, callback && this.#guarded(callback)).catch(() => undefined);
  }

  override async destroy(sid: string, callback?: (error?: unknown) => void): Promise<number> {
    return super.destroy(sessionIdOf(sid), callback && this.#guarded(callback)).catch(() => 0);
  }

  // The session's age counts from sign-in; idleness is kept in agent_sessions.
  override async touch(_sid: string, _data: SessionData, callback?: () => void): Promise<void> {
    callback?.();
  }

  #guarded(callback: Callback): Callback {
    return (error, session) =>
      callback(error && new AppError('unavailable', 'common.unavailable', { cause: error }), session);
  }
}

// PostgreSQL keeps JSON, SQLite its text.
const readKept = (kept: unknown): SessionData =>
  (typeof kept === 'string' ? JSON.parse(kept) : kept) as SessionData;
