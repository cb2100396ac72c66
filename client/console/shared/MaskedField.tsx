import { Box } from '@mui/material';

/** Masked text: its dots stay on one line and line up with the figures above and below. */
export const MaskedField = ({ text }: { text: string }) => (
  <Box component="span" sx={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
    {text}
  </Box>
);
