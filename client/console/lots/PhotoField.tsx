import PhotoCamera from '@mui/icons-material/PhotoCameraOutlined';
import { Box, Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useId, useRef } from 'react';
import { useTranslate } from 'react-admin';

/** Reads the codes of a photo, from the disk or the camera, in this browser: it may show a password. */
export const PhotoField = ({ onCodes }: { onCodes: (codes: string[]) => void }) => {
  const translate = useTranslate();
  const input = useRef<HTMLInputElement>(null);
  const helpId = useId();
  const read = useMutation({
    gcTime: 0,
    mutationFn: async (photo: File) => (await import('./readPhoto.ts')).readPhoto(photo),
    onSuccess: (codes) => codes && codes.length > 0 && onCodes(codes),
  });
  const problem = problemOf(read);
  return (
    <Box>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/*"
        aria-label={translate('counting.scan.photoField')}
        onChange={(event) => {
          const photo = event.target.files?.[0];
          // The same photo may be chosen again.
          event.target.value = '';
          if (photo) read.mutate(photo);
        }}
      />
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
        <Button
          size="small"
          variant="outlined"
          startIcon={<PhotoCamera />}
          disabled={read.isPending}
          aria-describedby={helpId}
          onClick={() => input.current?.click()}
          sx={{ flexShrink: 0 }}
        >
          {translate(read.isPending ? 'counting.scan.reading' : 'counting.scan.photo')}
        </Button>
        <Box id={helpId} sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
          {translate('counting.scan.private')}
        </Box>
      </Box>
      <Box role="alert" sx={{ color: 'var(--danger-ink)' }}>
        {problem && translate(`counting.scan.${problem}`)}
      </Box>
    </Box>
  );
};

type Read = { isError: boolean; data: string[] | null | undefined };

const problemOf = ({ isError, data }: Read): 'noReader' | 'noPicture' | 'noCode' | null => {
  if (isError) return 'noReader';
  if (data === null) return 'noPicture';
  return data?.length === 0 ? 'noCode' : null;
};
