import { ToggleButton, ToggleButtonGroup } from '@mui/material';
import { useListContext, useTranslate } from 'react-admin';
import { toggle } from '../shared/toggle.ts';

/** What one comes to see, by the filters that show it. */
const views: Record<string, Record<string, unknown>> = {
  waiting: { state: 'requested' },
  open: { open: true },
  posted: { state: 'deposited' },
  unused: { unused: true },
  returned: { returned: true },
  all: {},
};

/** The filters that a view decides; organisation and reference stay as they are. */
const decided = ['state', 'open', 'unused', 'returned'];

/** One press to each view; `source` and `alwaysOn` are for the list's row of filters. */
export const LetterViews = (_: { source: string; alwaysOn: boolean }) => {
  const translate = useTranslate();
  const { filterValues, setFilters } = useListContext();
  const shown = viewOf(filterValues);
  const choose = (view: string | null) => {
    const kept = Object.entries(filterValues).filter(([name]) => !decided.includes(name));
    if (view) setFilters({ ...Object.fromEntries(kept), ...views[view] });
  };
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={shown}
      aria-label={translate('letters.view.title')}
      onChange={(_event, view: string | null) => choose(view)}
      sx={{ mb: 1 }}
    >
      {Object.keys(views).map((view) => (
        <ToggleButton key={view} value={view} sx={toggle}>
          {translate(`letters.view.${view}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
};

const viewOf = (filters: Record<string, unknown>): string | null => {
  const now = JSON.stringify(decided.map((name) => filters[name] ?? null));
  const found = Object.entries(views).find(
    ([, view]) => JSON.stringify(decided.map((name) => view[name] ?? null)) === now,
  );
  return found?.[0] ?? null;
};
