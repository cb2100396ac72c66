import type { FormState } from './useForm.ts';
import { usePortal, useSay, type Say } from '../words.ts';
import { Checklist } from './Checklist.tsx';
import { PasswordField } from './PasswordField.tsx';
import { Strength } from './Strength.tsx';

export type NewPasswordNames = 'newPassword' | 'confirmation';

/** A new password and its confirmation, with the organisation's rule ticked while typing; the server decides. */
export const NewPasswordFields = ({
  form,
}: {
  form: Pick<FormState<NewPasswordNames>, 'values' | 'field'>;
}) => {
  const { password } = usePortal().description;
  const say = useSay();
  const digits = password.digits === null ? '' : 'Digits';
  return (
    <>
      <Checklist value={form.values.newPassword} />
      <PasswordField
        {...form.field('newPassword')}
        own
        label={say(`newPassword.new${digits}`)}
        hint={say('newPassword.newHint')}
        autoComplete="new-password"
      />
      {password.strengthMeter && <Strength password={form.values.newPassword} />}
      <PasswordField
        {...form.field('confirmation')}
        own
        label={say(`newPassword.confirmation${digits}`)}
        hint={say('newPassword.confirmationHint')}
        autoComplete="new-password"
      />
    </>
  );
};

/** What can be said before the server is asked. */
export const checkConfirmation =
  (say: Say) =>
  (values: Record<NewPasswordNames, string>): Partial<Record<NewPasswordNames, string>> =>
    values.newPassword === values.confirmation ? {} : { confirmation: say('newPassword.differs') };
