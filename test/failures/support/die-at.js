const { existsSync, readFileSync } = require('node:fs');
const Database = require('libsql');

/**
 * Loaded into a connector before it starts. As long as the file of DIE_AT is there its commits are counted, and at the one that the
 * file names the process is gone, as by kill -9: "before 1" dies with the next commit not done, "after 2" with the second one done.
 */
const file = process.env.DIE_AT ?? '';
const { prepare } = Database.prototype;
let commits = 0;

function dieIfItIsTime(when) {
  if (!existsSync(file)) return;
  if (when === 'before') commits += 1;
  if (readFileSync(file, 'utf8') === `${when} ${commits}`) process.kill(process.pid, 'SIGKILL');
}

Database.prototype.prepare = function (sql, ...rest) {
  const statement = prepare.call(this, sql, ...rest);
  if (sql !== 'COMMIT') return statement;
  const run = statement.run.bind(statement);
  statement.run = (...given) => {
    dieIfItIsTime('before');
    const result = run(...given);
    dieIfItIsTime('after');
    return result;
  };
  return statement;
};
