import AddBusiness from '@mui/icons-material/AddBusinessOutlined';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { DataTable, useTranslate } from 'react-admin';
import type { ListedSite } from '../../../server/agents/sites.schema.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { useMay } from '../shared/useMe.ts';
import { SiteDialog } from './SiteDialog.tsx';
import { capNames } from './siteForm.ts';

/** Where agents work: hours, networks, caps, and whether numbers are shown whole. */
export const SiteList = () => {
  const translate = useTranslate();
  const mayManage = useMay('site.manage');
  const [isMaking, setMaking] = useState(false);
  return (
    <ListScreen
      title={translate('sites.title')}
      lead={<Box sx={{ mb: 1.5, maxWidth: 860, color: 'var(--ink-soft)' }}>{translate('sites.lead')}</Box>}
      actions={
        mayManage && (
          <Button variant="contained" startIcon={<AddBusiness />} onClick={() => setMaking(true)}>
            {translate('sites.make.button')}
          </Button>
        )
      }
      sort={{ field: 'name', order: 'ASC' }}
      disableSyncWithLocation
    >
      <DataTable<ListedSite> bulkActionButtons={false} rowClick={false}>
        <DataTable.Col source="name" />
        <DataTable.NumberCol source="agents" disableSort />
        <DataTable.Col<ListedSite> source="hours" disableSort render={(site) => <Hours site={site} />} />
        <DataTable.Col<ListedSite>
          source="networks"
          disableSort
          render={({ networks }) => networks?.join(', ') ?? translate('sites.anywhere')}
        />
        <DataTable.Col<ListedSite> source="caps" disableSort render={(site) => <Limits site={site} />} />
        <DataTable.Col<ListedSite>
          source="noUnmasking"
          disableSort
          render={({ noUnmasking }) => translate(noUnmasking ? 'sites.masked' : 'sites.unmasked')}
        />
        {mayManage && <DataTable.Col<ListedSite> label="" render={(site) => <ChangeSite site={site} />} />}
      </DataTable>
      {isMaking && <SiteDialog onClose={() => setMaking(false)} />}
    </ListScreen>
  );
};

const Hours = ({ site: { hours } }: { site: ListedSite }) => {
  const translate = useTranslate();
  if (hours.length === 0) return translate('sites.always');
  return hours.map(({ days, opens, closes }) => (
    <Box key={`${days.join()}${opens}`}>
      {days.map((day) => translate(`sites.day.${day}`)).join(' ')} {opens}–{closes}
    </Box>
  ));
};

const Limits = ({ site: { caps } }: { site: ListedSite }) => {
  const translate = useTranslate();
  const said = capNames.filter((name) => caps[name] !== null);
  if (said.length === 0) return translate('sites.noCaps');
  return said.map((name) => (
    <Box key={name}>{translate(`sites.capsLine.${name}`, { most: caps[name] })}</Box>
  ));
};

const ChangeSite = ({ site }: { site: ListedSite }) => {
  const translate = useTranslate();
  const [isOpen, setOpen] = useState(false);
  const { allowed, why } = site.can.change;
  return (
    <Box sx={{ maxWidth: 240 }}>
      <Button
        size="small"
        variant="outlined"
        disabled={!allowed}
        aria-label={translate('sites.change.of', { name: site.name })}
        onClick={() => setOpen(true)}
      >
        {translate('sites.change.button')}
      </Button>
      {why && <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{why}</Box>}
      {isOpen && <SiteDialog site={site} onClose={() => setOpen(false)} />}
    </Box>
  );
};
