import simpleRestProvider from 'ra-data-simple-rest';
import type { DataProvider, GetListParams, Identifier, RaRecord } from 'react-admin';
import type { FoundMember, Understanding } from '../../server/members/members.schema.ts';
import { request, sendJson } from './request.ts';

export type SearchMeta = {
  understood: Understanding | null;
  /** Counting stopped: there are more than `total`. */
  more: boolean;
};

export type ConsoleDataProvider = DataProvider & {
  /** `POST /api/:resource/:id/:action`; the answer is never kept in the query cache. */
  act: <T>(resource: string, id: Identifier, action: string, body: unknown, key?: string) => Promise<T>;
};

const rest = simpleRestProvider('/api', request as Parameters<typeof simpleRestProvider>[1]);

export const dataProvider: ConsoleDataProvider = {
  ...rest,
  supportAbortSignal: true,
  getList: async <R extends RaRecord>(resource: string, params: GetListParams & { signal?: AbortSignal }) => {
    if (resource !== 'members') return rest.getList<R>(resource, params);
    const found = await searchMembers(params);
    return found as unknown as Awaited<ReturnType<typeof rest.getList<R>>>;
  },
  create: async (resource, params) => ({ data: await sendJson('POST', `/${resource}`, params.data) }),
  update: async (resource, params) => ({
    data: await sendJson('PUT', `/${resource}/${encodeURIComponent(String(params.id))}`, params.data),
  }),
  act: (resource, id, action, body, key) =>
    sendJson('POST', `/${resource}/${encodeURIComponent(String(id))}/${action}`, body, key),
};

// What was typed is a name or an identifier: it travels in a body, never in a URL.
const searchMembers = async ({
  filter,
  pagination,
  sort,
  signal,
}: GetListParams & { signal?: AbortSignal }) => {
  const { page, perPage } = pagination ?? { page: 1, perPage: 25 };
  const { headers, json } = await request('/api/members/search', {
    method: 'POST',
    body: JSON.stringify({
      filter,
      range: [(page - 1) * perPage, page * perPage - 1],
      // Without a sort the best matches come first.
      ...(sort && { sort: ['lastName', sort.order] }),
    }),
    signal,
  });
  const meta: SearchMeta = {
    understood: understandingOf(headers.get('X-Search-Understood')),
    more: headers.get('X-Total-Bounded') === 'true',
  };
  return {
    data: json as FoundMember[],
    total: Number(headers.get('Content-Range')?.split('/').pop() ?? 0),
    meta,
  };
};

const understandingOf = (header: string | null): Understanding | null =>
  header ? (JSON.parse(decodeURIComponent(header)) as Understanding) : null;
