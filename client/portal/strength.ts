import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as french from '@zxcvbn-ts/language-fr';

const estimator = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...french.dictionary },
  graphs: common.adjacencyGraphs,
});

/** 0 weak, 1 medium, 2 strong, from zxcvbn's five degrees. Long input costs time and adds nothing. */
export const estimate = (password: string): 0 | 1 | 2 => {
  const { score } = estimator.check(password.slice(0, 64));
  if (score <= 2) return 0;
  return score === 3 ? 1 : 2;
};
