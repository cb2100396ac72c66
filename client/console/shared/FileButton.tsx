import FileDownload from '@mui/icons-material/FileDownloadOutlined';
import OpenInNew from '@mui/icons-material/OpenInNew';
import { Box, Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { fetchFile } from '../requestFile.ts';
import { ErrorText } from './ErrorText.tsx';

type Props = {
  /** What follows `/api`. */
  path: string;
  /** The name it is saved under; without one it opens in a tab of its own. */
  saveAs?: string;
  size?: 'small' | 'medium';
  variant?: 'outlined' | 'contained' | 'text';
  disabled?: boolean;
  /** Names it where the same words stand on several rows. */
  label?: string;
  children: ReactNode;
};

/** Hands a file of the server to the browser; nothing of it stays in the page, and a refusal is told in words. */
export const FileButton = ({ path, saveAs, size = 'medium', variant = 'outlined', ...more }: Props) => {
  const { disabled, label, children } = more;
  const get = useMutation({
    gcTime: 0,
    retry: false,
    mutationFn: (tab: Window | null) => hand(path, saveAs, tab),
  });
  return (
    <Box sx={{ display: 'inline-block' }}>
      <Button
        size={size}
        variant={variant}
        startIcon={saveAs ? <FileDownload /> : <OpenInNew />}
        disabled={disabled || get.isPending}
        aria-label={label}
        // Opened in the click itself: a tab that opens later is taken for an advertisement.
        onClick={() => get.mutate(saveAs ? null : window.open('', '_blank'))}
      >
        {children}
      </Button>
      <ErrorText error={get.error} />
    </Box>
  );
};

const hand = async (path: string, saveAs: string | undefined, tab: Window | null): Promise<void> => {
  try {
    const url = URL.createObjectURL(await fetchFile(path));
    if (tab) tab.location.replace(url);
    else save(url, saveAs);
    setTimeout(() => URL.revokeObjectURL(url), keptMs);
  } catch (error) {
    tab?.close();
    throw error;
  }
};

/** Long enough for the tab or the disk to have it. */
const keptMs = 60_000;

const save = (url: string, saveAs = ''): void => {
  const link = document.createElement('a');
  link.href = url;
  link.download = saveAs;
  link.click();
};
