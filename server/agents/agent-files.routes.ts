import { steps, type Route } from '../http/routes.ts';
import { AgentFile, AppliedAgentFile, ApplyAgentFile } from './agent-files.schema.ts';
import { applyAgentFile, stageAgentFile } from './agent-files.service.ts';

export const agentFileRoutes: Route[] = [
  steps('post', '/agent-files', {
    summary: 'Send a CSV file of accounts: it is read, and nothing changes yet',
    permission: 'agent.manage',
    response: AgentFile,
    status: 201,
    upload: true,
    handle: (visit) => stageAgentFile(visit, visit.web.upload),
  }),
  steps('post', '/agent-files/:id/apply', {
    summary:
      'Make and change what a file says, all of it or nothing; answers the links of new accounts, once',
    permission: 'agent.manage',
    body: ApplyAgentFile,
    response: AppliedAgentFile,
    handle: (visit, { id, body }) => applyAgentFile(visit, id, body),
  }),
];
