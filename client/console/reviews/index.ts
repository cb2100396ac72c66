import FactCheck from '@mui/icons-material/FactCheckOutlined';
import RateReview from '@mui/icons-material/RateReviewOutlined';
import Speed from '@mui/icons-material/SpeedOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { OwnReviewList } from './OwnReviewList.tsx';
import { ReviewList } from './ReviewList.tsx';
import { ReviewScreen } from './ReviewScreen.tsx';
import { SignalsScreen } from './SignalsScreen.tsx';
import { useOpenReviews } from './useOpenReviews.ts';

export const reviews: ConsoleResource = {
  name: 'reviews',
  list: ReviewList,
  show: ReviewScreen,
  menuIcon: FactCheck,
  useCount: useOpenReviews,
  countWords: 'reviews.openCount',
  room: 'supervision',
  may: { list: 'review.list', show: 'review.list' },
};

export const reviewSignals: ConsoleResource = {
  name: 'review-signals',
  list: SignalsScreen,
  menuIcon: Speed,
  room: 'supervision',
  may: { list: 'review.list' },
};

export const ownReviews: ConsoleResource = {
  name: 'own-reviews',
  list: OwnReviewList,
  menuIcon: RateReview,
  may: { list: 'review.own' },
};
