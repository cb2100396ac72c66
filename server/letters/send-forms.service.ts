import type { House } from '../core/ctx.ts';
import type { Language } from '../core/words.ts';
import type { Outgoing } from '../http/routes.ts';
import type { Form } from './forms.ts';

/** Draws forms, outside any transaction, and sends them as one document; `name` becomes the file's. */
export const sendForms = async (
  { words, clock, drawing }: House,
  out: Outgoing,
  { forms, name, language }: { forms: Form[]; name: string; language: Language },
): Promise<void> => {
  const page = words.say(language, 'common.pageOf');
  const bytes = await drawing.forms(forms, { title: forms[0]?.title ?? name, language, at: clock(), page });
  out.begin('application/pdf', `${name}.pdf`);
  await out.write(bytes);
  await out.end();
};
