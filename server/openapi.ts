import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { ErrorBody } from './http/errors.ts';
import type { Route } from './http/routes.ts';

/** Describes the route tables as OpenAPI 3.1: nothing is written by hand, so nothing can disagree. */
export const describeApi = (
  tables: { prefix: string; routes: readonly Route[] }[],
  publicUrl: string,
): unknown => {
  const registry = new OpenAPIRegistry();
  for (const { prefix, routes } of tables) for (const route of routes) register(registry, prefix, route);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Guichet',
      version: '1',
      description: 'Gets locked-out members of health mutuals back in, and posts the letters it promised.',
    },
    servers: [{ url: publicUrl }],
  });
};

const register = (registry: OpenAPIRegistry, prefix: string, route: Route): void => {
  const path = `${prefix}${route.path}`.replace(/:(\w+)/g, '{$1}');
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  const query = route.list && route.method === 'get' ? ListParameters : route.query;
  registry.registerPath({
    method: route.method,
    path,
    summary: route.summary,
    description: `Kind: ${route.kind}. Who may: ${route.access}.`,
    tags: [route.path.split('/').find((part) => part && !part.startsWith(':')) ?? 'portal'],
    request: {
      ...(names.length > 0 && {
        params: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))),
      }),
      ...(query && { query: query as z.ZodObject }),
      ...(route.body && {
        body: { required: true, content: { 'application/json': { schema: route.body } } },
      }),
      ...(route.upload && { body: { required: true, content: { 'text/csv': { schema: Bytes } } } }),
    },
    responses: {
      [route.status]: answerOf(route),
      default: {
        description: 'Refused, with what to do',
        content: { 'application/json': { schema: ErrorBody } },
      },
    },
  });
};

const answerOf = (route: Route) => {
  if (route.status === 204) return { description: 'Done' };
  if (route.kind === 'stream')
    return { description: 'A stream', content: { [route.contentType]: { schema: Bytes } } };
  if (route.kind === 'feed')
    return {
      description: 'Server-sent events',
      content: { 'text/event-stream': { schema: route.response } },
    };
  const schema = route.list ? z.array(route.response) : route.response;
  return { description: 'Done', content: { 'application/json': { schema } } };
};

const Bytes = z.string().meta({ format: 'binary' });

const ListParameters = z.object({
  filter: z.string().optional().meta({ description: 'JSON object, e.g. {"state":"requested"}' }),
  sort: z.string().optional().meta({ description: 'JSON, e.g. ["askedAt","DESC"]' }),
  range: z.string().optional().meta({ description: 'JSON, inclusive, e.g. [0,24]' }),
});
