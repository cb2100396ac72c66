import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';

const examples = [
  { text: 'martin 1961', help: 'name' },
  { text: '1 61 03 99 123 456', help: 'nir' },
  { text: '06 39 98 12 34', help: 'phone' },
  { text: '000123456', help: 'number' },
  { text: 'lefevre', help: 'typo' },
  { text: 'ajaccio marie', help: 'town' },
];

/** What the box takes, by example; nobody is listed before something is typed. */
export const SearchHelp = () => {
  const translate = useTranslate();
  return (
    <Box sx={{ mt: 1, maxWidth: 820 }}>
      <Box component="h2" sx={{ fontSize: 15, color: 'var(--ink-soft)', mb: 1 }}>
        {translate('desk.help.title')}
      </Box>
      <Box
        component="dl"
        sx={{ m: 0, display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: 3, rowGap: 1 }}
      >
        {examples.map(({ text, help }) => (
          <Box key={help} sx={{ display: 'contents' }}>
            <Box component="dt" sx={{ fontSize: 17, fontWeight: 700 }}>
              {text}
            </Box>
            <Box component="dd" sx={{ m: 0, pt: '2px' }}>
              {translate(`desk.help.${help}`)}
            </Box>
          </Box>
        ))}
      </Box>
      <Box sx={{ mt: 2.5, fontSize: 13, color: 'var(--ink-soft)' }}>{translate('desk.help.privacy')}</Box>
    </Box>
  );
};
