import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { MemberStory } from '../../../server/supervision/stories.schema.ts';

/** Whose story or list it is, on the page and in no title: a browser keeps titles. */
export const WhoseFile = ({ who: { lastName, firstName, number } }: Pick<MemberStory, 'who'>) => {
  const translate = useTranslate();
  return (
    <Box component="span" sx={{ fontWeight: 700 }}>
      {lastName} {firstName}, {translate('reviews.number', { number })}
    </Box>
  );
};
