import { Box, Typography } from '@mui/material';
import type { ReactElement, ReactNode } from 'react';
import { List, Pagination, useListContext, type ListProps } from 'react-admin';
import { ErrorText } from './ErrorText.tsx';
import { Page } from './Page.tsx';

type Props = Pick<
  ListProps,
  'resource' | 'sort' | 'filter' | 'filterDefaultValues' | 'disableSyncWithLocation' | 'storeKey'
> & {
  title: string;
  /** The page's own buttons, beside the title. */
  actions?: ReactNode;
  /** What stands above the table. */
  lead?: ReactNode;
  filters?: ReactElement[];
  children: ReactNode;
};

/** A list as a page of the console: title, what stands out, filters in sight, one table. */
export const ListScreen = ({ title, actions, lead, ...list }: Props) => (
  <Page
    title={title}
    heading={
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'space-between',
          gap: 2,
          mb: 1.5,
          minHeight: 38,
        }}
      >
        <Typography variant="h1">{title}</Typography>
        {actions}
      </Box>
    }
  >
    {lead}
    <PlainList {...list} />
  </Page>
);

/** The table, its filters and its pages, without a page around it. */
export const PlainList = ({ children, ...list }: Omit<Props, 'title' | 'actions' | 'lead'>) => (
  <List
    {...list}
    title={false}
    actions={false}
    exporter={false}
    empty={false}
    perPage={25}
    pagination={<Pagination rowsPerPageOptions={[25, 50, 100]} />}
    error={<ListProblem />}
    // Shown in the list's place; a passing message would say it twice.
    queryOptions={{ onError: () => undefined }}
    sx={dense}
  >
    {children}
  </List>
);

const ListProblem = () => {
  const { error } = useListContext();
  return (
    <Box sx={{ px: 2, pb: 1.5 }}>
      <ErrorText error={error} />
    </Box>
  );
};

const dense = {
  '& .RaList-main': { mt: 0 },
  '& .RaList-content': { overflowX: 'auto' },
  '& .MuiToolbar-root.RaListToolbar-root, & .RaList-actions': { p: 0, minHeight: 0, mb: 1 },
  '& .RaFilterForm-filterFormInput, & form': { alignItems: 'center' },
  // A choice of views stands on a line of its own.
  '& .filter-field[data-source=view]': { flexBasis: '100%' },
  '& .MuiTableCell-root': { px: 1.25, py: 0.75, verticalAlign: 'middle' },
  '& .MuiTableCell-root > .MuiIconButton-root': { p: 0.25 },
  '& .MuiTableRow-root:last-child .MuiTableCell-body': { borderBottom: 0 },
};
