import * as store from './undelivered.store.ts';

/** Messages of the desk that left their members without a way in, for whoever owes them a call. */
export const { listUndelivered } = store;
