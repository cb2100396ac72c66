import type { Actor, House } from '../core/ctx.ts';
import type { Role } from '../core/vocabulary.ts';
import { mustEnrol } from './factors.service.ts';

type Next = Extract<Actor, { kind: 'agent' }>['next'];

/** What an agent must do before anything else is open to them, first that applies. */
export const nextOf = async (
  house: House,
  agent: { agentId: string; role: Role; isPasswordDue: boolean },
): Promise<Next> => {
  if (agent.isPasswordDue) return 'password';
  return (await mustEnrol(house, agent)) ? 'factor' : null;
};
