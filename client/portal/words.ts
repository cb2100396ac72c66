import { createContext, useContext } from 'react';
import type { PortalDescription } from '../../server/portal/portal.schema.ts';

export type Portal = {
  description: PortalDescription;
  setLanguage: (language: PortalDescription['language']) => void;
};

export const PortalContext = createContext<Portal | null>(null);

export const usePortal = (): Portal => {
  const portal = useContext(PortalContext);
  if (!portal) throw new Error('This page stands outside its portal.');
  return portal;
};

export type Say = (key: string, params?: Record<string, string | number>) => string;

/** The organisation's sentence of that name, '' where it has none; every one knows the organisation's own words. */
export const useSay = (): Say => {
  const { description } = usePortal();
  const { name, portalName, help, identifiers, labels, password } = description;
  const known: Record<string, string | number> = {
    organisation: name,
    space: portalName,
    help: help.name,
    identifier: identifiers.map(({ label }) => label).join(` ${description.texts['page.or'] ?? ''} `),
    password: labels.password,
    forgotten: labels.forgottenPassword,
    digits: password.digits ?? '',
  };
  return (key, params = {}) =>
    (description.texts[key] ?? '').replace(/\{(\w+)\}/g, (_whole, word: string) =>
      String(params[word] ?? known[word] ?? ''),
    );
};
