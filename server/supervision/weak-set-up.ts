import { keptTooRarely } from '../letters/promise-kept.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { Check, Examined } from './weak-points.ts';

/** What is weak around the secrets: letters, promises, and what was invented and never replaced. */
export const setUpChecks = ({ policy, promiseKept }: Examined): Check[] => {
  const { letter } = policy;
  const share = promiseKept?.share ?? 1;
  const invented = inventedKeys(policy);
  return [
    {
      id: 'promise-not-kept',
      severity: share < keptTooRarely ? 'high' : 'medium',
      isWeak: promiseKept !== null && share < 1,
      bits: null,
      params: (tell) => ({ share: tell.share(share), product: productOf(policy) }),
    },
    { id: 'no-letter', severity: 'low', isWeak: letter === null, bits: null },
    {
      id: 'invented',
      severity: 'low',
      isWeak: invented.length > 0,
      bits: null,
      params: ({ list }) => ({ keys: list(invented) }),
    },
    { id: 'no-address', severity: 'low', isWeak: policy.portal.address === null, bits: null },
  ];
};

const productOf = ({ letter }: Policy): string =>
  letter?.products.find(({ id }) => id === letter.product)?.label ?? '';

/** Keys of the file that still hold what reaches nobody: `.example` (RFC 2606), numbers kept free for fiction. */
const inventedKeys = ({ portal, email, help, letter }: Policy): string[] => {
  const isExample = (text: string | null | undefined) => /\.example(?:[/:]|$)/i.test(text ?? '');
  const keys: Record<string, boolean> = {
    'portal.address': isExample(portal.address),
    'portal.publicSite': isExample(portal.publicSite),
    'email.sender': isExample(email.sender),
    'help.phone': help.phone?.startsWith('06 39 98') ?? false,
    'help.email': isExample(help.email),
    'letter.sender': /\bINVENTEE?\b/i.test(letter?.sender.town ?? ''),
    'letter.signatory': /\bexemple\b/i.test(letter?.signatory.name ?? ''),
  };
  return Object.keys(keys).filter((key) => keys[key]);
};
