import { startChild } from './child.ts';
import { signedIn } from './looks.ts';
import { runFor, say } from './measure.ts';
import { loadedCopy, sizes } from './members.ts';
import type { BenchMembers, BenchServer } from './server.child.ts';
import type { Result } from './table.ts';
import { must, visitor } from './visitor.ts';

const seconds = 8;
const searchLoops = 4;
const signInLoops = 50;

/** Whether agents can still search while many members sign in: the hashing gate is there for it. */
export const benchBeside = async (): Promise<Result[]> => {
  const size = Math.min(...sizes());
  const server = startChild('server');
  const opened = await server.ask<BenchServer>('open', { folder: await loadedCopy(size) });
  const { path, identifiers, password } = await server.ask<BenchMembers>('members', { count: signInLoops });
  const agent = await signedIn(opened);
  const typed = ['martin jean', 'durand', 'marie bernard', 'petit', 'robert michel', 'moreau anne'];
  let searches = 0;
  const search = async (): Promise<void> => {
    searches += 1;
    await must(agent.post('/api/members/search', { filter: { q: typed[searches % typed.length] } }));
  };

  await runFor(1, searchLoops, search);
  say(`searches alone, ${searchLoops} at once, ${seconds} s`);
  const alone = await runFor(seconds, searchLoops, search);

  say(`searches beside ${signInLoops} sign-ins in flight, ${seconds} s`);
  const members = Array.from({ length: signInLoops }, () => visitor(opened.url));
  let ended = false;
  let signIns = 0;
  const signInLoop = async (at: number): Promise<void> => {
    while (!ended) {
      await must(members[at]!.post(path, { identifier: identifiers[at], password }));
      signIns += 1;
    }
  };
  const signingIn = Promise.all(members.map((_, at) => signInLoop(at)));
  const beside = await runFor(seconds, searchLoops, search);
  ended = true;
  await signingIn;
  await server.stop();
  say(`${signIns} sign-ins meanwhile`);

  return [
    {
      what: `searches beside ${signInLoops} sign-ins`,
      unit: '/s',
      ours: beside.perSecond,
      beside: alone.perSecond,
      besideWhat: 'the same searches alone',
      target: { least: 0.5 },
    },
  ];
};
