const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

/** Tests start the product as its users do: the build is brought up to date once, before all of them. */
module.exports = () => {
  const built = spawnSync(process.execPath, [join(__dirname, '..', '..', 'scripts', 'build.mjs'), '--if-stale'], {
    stdio: 'inherit',
  });
  if (built.status !== 0) throw new Error('the build failed');
};
