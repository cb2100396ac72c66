import { SelectInput, type SelectInputProps } from 'react-admin';
import { useOrganisationName, useOrganisations } from './useMe.ts';

/** An organisation's name for its id. */
export const OrganisationName = ({ id }: { id: string | null }) => {
  const nameOf = useOrganisationName();
  return id ? nameOf(id) : '—';
};

/** The filter of every list: one of the agent's organisations. */
export const OrganisationFilter = (props: SelectInputProps) => (
  <SelectInput
    {...props}
    choices={useOrganisations()}
    optionText="name"
    translateChoice={false}
    helperText={false}
  />
);

/** A postal product's name, as its organisation's file gives it. */
export const useProductName = (): ((organisationId: string, product: string) => string) => {
  const organisations = useOrganisations();
  return (organisationId, product) =>
    organisations.find(({ id }) => id === organisationId)?.products.find(({ id }) => id === product)?.label ??
    product;
};
