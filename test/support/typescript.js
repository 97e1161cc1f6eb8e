const { transformSync } = require('@swc/core');
const { readFileSync } = require('node:fs');

/** Lets a plain Node process require the TypeScript sources, as the tests do; for processes that tests start and kill. */
exports.register = () => {
  require.extensions['.ts'] = (module, filename) => {
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      filename,
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
    });
    module._compile(code, filename);
  };
};
