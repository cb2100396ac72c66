import { z } from 'zod';

const jsonValue: z.ZodType<unknown> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.array(jsonValue), z.record(z.string(), jsonValue)]),
);
const path = z.string().min(1).max(200);

/**
 * An operator's HTTP gateway as data (SMS_GATEWAY_FILE). `{to}` (E.164), `{from}`, `{text}`, `{reference}` (ours: the
 * message's id and the attempt) and `{minutes}` (how long it is of use) may stand in the URLs and in the body's
 * texts. Every key may be left out; what then holds is the default shape of `sms-http.ts`.
 */
export const SmsGatewayFile = z.strictObject({
  /** In the place of SMS_URL. */
  url: z.url().optional(),
  method: z.enum(['POST', 'PUT']).default('POST'),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string()).default({}),
  format: z.enum(['json', 'form']).default('json'),
  body: z
    .record(z.string(), jsonValue)
    .default({ to: '{to}', from: '{from}', text: '{text}', reference: '{reference}' }),
  /** Where the gateway's own reference stands in its answer, dots between the steps: `messages.0.id`. */
  answer: z.strictObject({ reference: path }).default({ reference: 'id' }),
  /** How it is asked what became of a message; null when it cannot be. */
  status: z
    .strictObject({
      url: z.string().min(1),
      /** Where the state and the reference stand in the answer. */
      state: path.default('status'),
      reference: path.default('id'),
      /** Its words for each fate; one that stands nowhere means that nothing is known yet. */
      accepted: z.array(z.string()).default(['accepted', 'sent', 'pending']),
      delivered: z.array(z.string()).default(['delivered']),
      failed: z.array(z.string()).default(['failed']),
    })
    .nullable()
    .optional(),
  /** What the gateway shows (`Authorization: Bearer …`) when it brings receipts; without it none are taken. */
  receipts: z.strictObject({ token: z.string().min(16).max(200) }).optional(),
});
export type SmsGatewayFile = z.infer<typeof SmsGatewayFile>;
