/** Tests run from the TypeScript sources through swc; `npm run types` is what checks the types. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/servicenow-app/(node_modules|dist|build|target)'],
  moduleNameMapper: { '^#live-chat-app/(.*)$': '<rootDir>/servicenow-app/src/$1' },
  globalSetup: '<rootDir>/test/support/build.js',
  setupFilesAfterEnv: ['<rootDir>/test/support/leave-clean.js'],
  reporters: ['default', '<rootDir>/test/support/count-reporter.js'],
  testTimeout: 30_000,
  // Most of the time of the long suites is waiting: for processes to start, and for real deadlines.
  maxWorkers: 3,
};
