import type { Actor, House } from '../core/ctx.ts';
import { mustEnrol, type Enrolled } from './factors.service.ts';

type Next = Extract<Actor, { kind: 'agent' }>['next'];

/** What an agent must do before anything else is open to them, first that applies. */
export const nextOf = (house: House, agent: Enrolled & { isPasswordDue: boolean }): Next => {
  if (agent.isPasswordDue) return 'password';
  return mustEnrol(house, agent) ? 'factor' : null;
};
