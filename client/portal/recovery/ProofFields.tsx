import { useEffect } from 'react';
import type { PortalDescription } from '../../../server/portal/portal.schema.ts';
import { Field } from '../shared/Field.tsx';
import { RadioGroup } from '../shared/RadioGroup.tsx';
import type { FormState } from '../shared/useForm.ts';
import { useSay } from '../words.ts';

type Proofs = PortalDescription['paths'][number]['proofs'];
type Names = 'proof.spaceType' | 'proof.fact' | 'proof.value';
type Props = { proofs: Proofs; form: Pick<FormState<Names>, 'values' | 'set' | 'field'> };

/** What a member who never connected proves: their space, then one fact of it, then its value. */
export const ProofFields = ({ proofs, form }: Props) => {
  const say = useSay();
  const { values, set } = form;
  const space = proofs.find(({ spaceType }) => spaceType === values['proof.spaceType']);
  const fact = space?.facts.find(({ id }) => id === values['proof.fact']);
  const [only, ...others] = space?.facts ?? [];
  useEffect(() => {
    if (only && others.length === 0 && values['proof.fact'] !== only.id) set('proof.fact', only.id);
  });
  return (
    <>
      <RadioGroup
        {...form.field('proof.spaceType')}
        legend={say('proof.space')}
        hint={say('proof.spaceHint')}
        choices={proofs.map(({ spaceType, label }) => ({ id: spaceType, label }))}
        onType={(chosen) => {
          set('proof.spaceType', chosen);
          set('proof.fact', '');
        }}
      />
      {space && others.length > 0 && (
        <RadioGroup
          {...form.field('proof.fact')}
          legend={say('proof.fact')}
          choices={space.facts.map(({ id, label, hint }) => ({ id, label, note: hint }))}
        />
      )}
      {fact && (
        <Field
          {...form.field('proof.value')}
          label={fact.label}
          hint={[fact.hint, say(`proof.kinds.${fact.kind}`)].filter(Boolean).join(' – ')}
          inputMode={fact.kind === 'amount' ? 'decimal' : 'text'}
          autoComplete="off"
        />
      )}
    </>
  );
};
