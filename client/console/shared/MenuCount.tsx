import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';

type Props = { useCount: () => number; words?: string | undefined };

/** How much waits behind an entry of a menu, when something does. */
export const MenuCount = ({ useCount, words = 'shell.menu.unseen' }: Props) => {
  const translate = useTranslate();
  const count = useCount();
  if (count === 0) return null;
  return (
    <Box
      component="span"
      sx={{
        px: 0.75,
        borderRadius: 1,
        fontSize: 13,
        fontWeight: 700,
        whiteSpace: 'nowrap',
        color: 'var(--danger-ink)',
        backgroundColor: 'var(--danger-soft)',
      }}
    >
      {translate(words, { smart_count: count })}
    </Box>
  );
};
