import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readHead } from './audit/audit.store.ts';
import { tellOfBreaks } from './audit/breaks.service.ts';
import { beginHeadsHere } from './audit/heads-kept.service.ts';
import { record } from './audit/record.ts';
import { inWords, walkChain } from './audit/verification.service.ts';
import type { SegmentVerdict } from './audit/verification.schema.ts';
import type { Job } from './cli.ts';
import { look, systemVisit } from './core/perform.ts';
import { AppError } from './core/errors.ts';

/**
 * `audit verify [--heads file]`: reads the whole chain, against this machine's heads or those that came back from
 * elsewhere, says how far it is, and of each segment whether it holds. What is found for the first time raises the
 * alerts, as when the server finds it. Answers 1 when anything is broken.
 */
export const verifyAudit = ({ terminal, say, options, withHouse }: Job): Promise<number> =>
  withHouse(async (house) => {
    const headsFile = typeof options.heads === 'string' ? resolve(options.heads) : house.headsFile;
    if (typeof options.heads === 'string' && !existsSync(headsFile))
      throw new AppError('invalid-input', 'cli.noFile', { params: { path: headsFile } });
    // Run from elsewhere, it would call a loss what lies on another machine. The server itself misses a lost file.
    if (!existsSync(headsFile) && (await readHead(house.pool)).seq > 0)
      throw new AppError('invalid-input', 'cli.noHeads', { params: { path: headsFile } });
    let told = 0;
    const { verdict } = await walkChain(house, house.pool, {
      headsFile,
      told: (rows, of) => {
        if (rows - told < everyRows) return;
        told = rows;
        terminal.err(say('auditRead', { rows, of }));
      },
    });
    await tellOfBreaks(house, verdict);
    const { holds, rows, brokenAt, why, segments } = inWords(verdict);
    await look(systemVisit(house, 'cli', []), async (ctx) =>
      record(ctx, { type: 'audit.verified', data: { holds, rows } }),
    );
    if (segments.length > 1) for (const segment of segments) terminal.out(lineOf(say, segment));
    terminal.out(
      holds
        ? say('auditHolds', { rows })
        : say('auditBroken', { row: brokenAt ?? 0, why: say(`auditWhys.${why}`) }),
    );
    return holds ? 0 : 1;
  });

/** `audit begin-heads`: a machine that is new, or whose DATA_DIR moved, keeps its heads in a file of its own. */
export const beginHeadsOfMachine = ({ terminal, say, withHouse }: Job): Promise<number> =>
  withHouse(async (house) => {
    await beginHeadsHere(house);
    terminal.out(say('headsBegun', { path: house.headsFile }));
    return 0;
  });

const everyRows = 100_000;

const lineOf = (say: Job['say'], { number, fromRow, toRow, holds, brokenAt, why, more }: SegmentVerdict) =>
  holds
    ? say('auditSegmentHolds', { number, fromRow, toRow })
    : say('auditSegmentBroken', { number, row: brokenAt ?? 0, why: say(`auditWhys.${why}`), more });
