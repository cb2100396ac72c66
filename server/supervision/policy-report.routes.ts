import { z } from 'zod';
import { reading, type Route } from '../http/routes.ts';
import { PolicyReport } from './policy-report.schema.ts';
import { policyReport } from './policy-report.service.ts';

export const policyReportRoutes: Route[] = [
  reading('/policy-report', {
    summary: 'What is weak in the procedures of the organisations, by which rule, and what to change',
    permission: 'policy-report.view',
    response: z.array(PolicyReport),
    handle: async ({ house, language, scope }) => policyReport(house, language, scope.organisationIds),
  }),
];
