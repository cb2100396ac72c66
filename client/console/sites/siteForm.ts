import type { ListedSite, NewSite } from '../../../server/agents/sites.schema.ts';

export const capNames = ['looksPerHour', 'looksPerDay', 'waysInPerHour', 'waysInPerDay'] as const;
export type CapName = (typeof capNames)[number];

/** What is typed of a site. */
export type SiteForm = {
  name: string;
  hours: NewSite['hours'];
  networks: string;
  caps: Record<CapName, string>;
  noUnmasking: boolean;
};

export const formOf = (site?: ListedSite): SiteForm => ({
  name: site?.name ?? '',
  hours: site?.hours ?? [],
  networks: site?.networks?.join('\n') ?? '',
  caps: Object.fromEntries(
    capNames.map((name) => [name, String(site?.caps[name] ?? '')]),
  ) as SiteForm['caps'],
  noUnmasking: site?.noUnmasking ?? false,
});

/** The body that says all of it, or, beside `former`, what differs: one may not touch all of one's own site. */
export const bodyOf = (form: SiteForm, former?: SiteForm): Record<string, unknown> => {
  const networks = form.networks.split(/[\s,;]+/).filter(Boolean);
  const body: Record<string, unknown> = {
    name: form.name.trim(),
    hours: form.hours,
    networks: networks.length > 0 ? networks : null,
    caps: Object.fromEntries(
      capNames.map((name) => [name, form.caps[name] === '' ? null : Number(form.caps[name])]),
    ),
    noUnmasking: form.noUnmasking,
  };
  if (!former) return body;
  const before = bodyOf(former);
  return Object.fromEntries(
    Object.entries(body).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key])),
  );
};
