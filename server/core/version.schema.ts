import { z } from 'zod';

/** What a desk act saw of the thing it changes; a stale one is refused (409). Bounded as the column is. */
export const Version = z.int().min(0).max(2_147_483_646);
