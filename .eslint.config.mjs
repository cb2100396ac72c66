import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Name what you export; default exports are for tool configurations.',
};
const noRandom = {
  selector: "MemberExpression[object.name='Math'][property.name='random']",
  message: 'Randomness comes through ctx.',
};
const noTemplateSql = {
  selector: "CallExpression[callee.property.name='raw'] > TemplateLiteral[expressions.length>0]",
  message: 'No value or name is ever written into SQL text.',
};
const noServerClock = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Time comes through ctx.now.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Time comes through ctx.now.',
  },
];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'data/', 'coverage/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: [] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 250 }],
      'no-restricted-syntax': ['error', noDefaultExport, noRandom, noTemplateSql],
    },
  },
  {
    files: ['server/**/*.ts'],
    ignores: ['server/main.ts', 'server/cli.ts', 'server/env.ts', 'server/house.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only env.ts reads it.' },
      ],
      'no-restricted-syntax': ['error', noDefaultExport, noRandom, noTemplateSql, ...noServerClock],
      'no-console': 'error',
    },
  },
  // Everything that the audit can hold is one file to read.
  { files: ['server/audit/vocabulary.schema.ts'], rules: { 'max-lines': 'off' } },
  { files: ['**/*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['client/**/*.tsx', 'client/**/*.ts'], ...reactHooks.configs.flat.recommended },
  { files: ['**/*.mjs'], ...tseslint.configs.disableTypeChecked },
);
