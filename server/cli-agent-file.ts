import { createReadStream } from 'node:fs';
import { applyStaged, stageAgentFile } from './agents/agent-files.service.ts';
import type { Job } from './cli.ts';
import { systemVisit } from './core/perform.ts';

/**
 * `agent import <file.csv>`: the same columns as in the console. Says what is wrong at which line and column and
 * changes nothing, or does all of it and tells the links of new accounts, once.
 */
export const importAgents = ({ terminal, say, words, withHouse }: Job): Promise<number> => {
  const [path = ''] = words;
  return withHouse(async (house) => {
    const visit = systemVisit(house, 'cli', house.everyOrganisation());
    const file = await stageAgentFile(visit, createReadStream(path));
    for (const { line, problems } of file.lines)
      for (const { column, message } of problems)
        terminal.err(say('agentFileProblem', { line, column, message }));
    if (file.problems > 0) {
      terminal.err(say('agentFileRefused'));
      return 1;
    }
    const { made, changed, invitations } = await applyStaged(visit, file.id, file.version);
    terminal.out(say('agentFileDone', { made, changed }));
    for (const { username, link } of invitations) terminal.out(say('agentFileLink', { username, link }));
    return 0;
  });
};
