import { readEnv } from './env.ts';
import { loadDemoIfEmpty } from './imports/demo.service.ts';
import { fail, serve } from './serve.ts';

/** The server: over what its environment names, with the demo in an empty database outside production. */
const start = async (): Promise<void> => {
  const env = readEnv();
  await serve(env, async (house, print) => {
    house.demo = await loadDemoIfEmpty(house, env, print);
  });
};

start().catch(fail);
