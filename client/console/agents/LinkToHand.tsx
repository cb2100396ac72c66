import ContentCopy from '@mui/icons-material/ContentCopy';
import { Box, Button } from '@mui/material';
import { useRef } from 'react';
import { useNotify, useTranslate } from 'react-admin';

type Props = { link: string; /** Names it where several stand together. */ name?: string };

/** A link shown once, and a button that copies it; where the browser copies nothing, it is marked to be copied by hand. */
export const LinkToHand = ({ link, name }: Props) => {
  const translate = useTranslate();
  const notify = useNotify();
  const shown = useRef<HTMLElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      notify('agents.invitation.copied');
    } catch {
      // No clipboard but over https and on this machine, and none where the browser forbids it.
      if (shown.current) window.getSelection()?.selectAllChildren(shown.current);
      notify('agents.invitation.notCopied', { type: 'warning' });
    }
  };
  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
      <Box
        component="code"
        ref={shown}
        sx={{
          flex: 1,
          minWidth: 0,
          p: 1,
          borderRadius: 1,
          overflowWrap: 'anywhere',
          backgroundColor: 'var(--raised)',
        }}
      >
        {link}
      </Box>
      <Button
        variant="outlined"
        size="small"
        startIcon={<ContentCopy />}
        aria-label={name && translate('agents.invitation.copyOf', { name })}
        onClick={() => void copy()}
      >
        {translate('agents.invitation.copy')}
      </Button>
    </Box>
  );
};
