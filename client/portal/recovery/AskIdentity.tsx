import type { ReactNode } from 'react';
import type { AskRecovery, PortalDescription, RecoveryStep } from '../../../server/portal/portal.schema.ts';
import { askRecovery } from '../api.ts';
import { rememberedIdentifier, rememberIdentifier } from '../memory.ts';
import { Field } from '../shared/Field.tsx';
import { Form } from '../shared/Form.tsx';
import { IdentifierField } from '../shared/IdentifierField.tsx';
import { Page } from '../shared/Page.tsx';
import { useForm } from '../shared/useForm.ts';
import { useSay } from '../words.ts';
import { GiveUp } from './parts.tsx';
import { ProofFields } from './ProofFields.tsx';

type Asked = PortalDescription['paths'][number];
type Names = 'identifier' | 'birthDate' | 'proof.spaceType' | 'proof.fact' | 'proof.value';
type Props = { asked: Asked; show: (step: RecoveryStep) => void; progress: ReactNode };

/** The first step: who the member is, and what their organisation asks them to prove. */
export const AskIdentity = ({ asked, show, progress }: Props) => {
  const say = useSay();
  const { path, asksBirthDate, proofs } = asked;
  const form = useForm<Names>(
    {
      identifier: rememberedIdentifier(),
      birthDate: '',
      'proof.spaceType': '',
      'proof.fact': '',
      'proof.value': '',
    },
    async (values) => {
      rememberIdentifier(values.identifier);
      show(await askRecovery(inRequest(asked, values)));
    },
    {
      // What is not shown yet is not missing.
      optional: (values) => [
        ...(asksBirthDate ? [] : ['birthDate']),
        ...(proofs.length > 0 ? [] : ['proof.spaceType']),
        ...(values['proof.spaceType'] ? [] : ['proof.fact']),
        ...(values['proof.fact'] ? [] : ['proof.value']),
      ],
    },
  );
  return (
    <Page title={say(`${path}.title`)} lead={say(`${path}.lead`)}>
      {progress}
      <Cases of={path} />
      <Form form={form} submit={say(`${path}.submit`)} others={<GiveUp />}>
        <IdentifierField {...form.field('identifier')} />
        {asksBirthDate && (
          <Field
            {...form.field('birthDate')}
            label={say('birthDate.label')}
            hint={say('birthDate.hint')}
            autoComplete="bday"
          />
        )}
        {proofs.length > 0 && <ProofFields proofs={proofs} form={form} />}
      </Form>
      {say(`${path}.after`) && <p className="quiet after">{say(`${path}.after`)}</p>}
    </Page>
  );
};

/** What will happen, case by case, where the organisation's guide says so. */
const Cases = ({ of }: { of: string }) => {
  const say = useSay();
  const cases = ['first', 'second', 'third']
    .map((name) => ({ name, title: say(`${of}.cases.${name}.title`), text: say(`${of}.cases.${name}.text`) }))
    .filter(({ title, text }) => title || text);
  if (cases.length === 0) return null;
  return (
    <dl className="cases">
      {cases.map(({ name, title, text }) => (
        <div key={name}>
          <dt>{title}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
};

const inRequest = ({ path, asksBirthDate, proofs }: Asked, values: Record<Names, string>): AskRecovery => ({
  path,
  identifier: values.identifier,
  ...(asksBirthDate && { birthDate: values.birthDate }),
  ...(proofs.length > 0 && {
    proof: {
      spaceType: values['proof.spaceType'] as Asked['proofs'][number]['spaceType'],
      fact: values['proof.fact'],
      value: values['proof.value'],
    },
  }),
});
