import type { Database, Statement } from 'sqlite3';

type Done = (this: Statement, error: Error | null, rows?: unknown[]) => void;
type Run = (sql: string, values: unknown, done: Done) => unknown;

const most = 300;
/** These hold nothing once their last row was read. An EXPLAIN or a PRAGMA that is kept holds its view of the file. */
const endsByItself = /^(?:select|insert|update|delete|with|begin|commit|rollback)\b/i;

/**
 * Lets a SQLite connection prepare each text once and use it again, at most 300 of them: parsing and planning a
 * statement takes longer than running most of ours, and each statement thrown away is one more trip between threads.
 * SQLite prepares it anew by itself when the schema has changed.
 */
export const keepPrepared = (connection: Database): void => {
  // In the order in which they were last used; one that runs is not among them.
  const kept = new Map<string, Statement>();

  const runWith = (method: 'all' | 'run'): Run => {
    const once = connection[method].bind(connection) as Run;
    return (sql, values, done) => {
      if (!endsByItself.test(sql)) return once(sql, values, done);
      const tell = (error: Error | null) => error && done.call(statement, error);
      const statement: Statement = kept.get(sql) ?? connection.prepare(sql, tell);
      kept.delete(sql);
      statement[method](values, function (this: Statement, error: Error | null, rows?: unknown[]) {
        // What found the file busy has not ended, and would stand in the way of a commit.
        if (!error && !kept.has(sql)) kept.set(sql, statement);
        else statement.finalize();
        const [oldest] = kept.size > most ? kept : [];
        if (oldest) forget(oldest);
        done.call(this, error, rows);
      });
      return connection;
    };
  };

  const forget = ([sql, statement]: [string, Statement]): void => {
    kept.delete(sql);
    statement.finalize();
  };

  const close = connection.close.bind(connection);
  Object.assign(connection, {
    all: runWith('all'),
    run: runWith('run'),
    close: (done: (error: Error | null) => void) => {
      for (const one of kept) forget(one);
      close(done);
    },
  });
};
