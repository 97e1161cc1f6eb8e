import Database from 'libsql';
import { GroupCommit } from '../../src/store/sqlite/group-commit';

/** A database in which one kind of write is only refused when the transaction is committed. */
function database(): Database.Database {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  db.exec(`CREATE TABLE parents (id INTEGER PRIMARY KEY);
           CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED);`);
  return db;
}

const kept = (db: Database.Database) => (db.prepare('SELECT COUNT(*) AS n FROM parents').get() as { n: number }).n;

test('writes of one moment share a transaction, and each gets its own result', async () => {
  const db = database();
  const group = new GroupCommit(db);
  const insert = db.prepare('INSERT INTO parents (id) VALUES (?)');
  const results = await Promise.all([1, 2, 3].map((id) => group.run(() => insert.run(id).changes + id)));
  expect([results, kept(db)]).toEqual([[2, 3, 4], 3]);
});

test('a write that fails takes no other one with it', async () => {
  const db = database();
  const group = new GroupCommit(db);
  const insert = db.prepare('INSERT INTO parents (id) VALUES (?)');
  const results = await Promise.allSettled([1, 1, 2].map((id) => group.run(() => insert.run(id))));
  expect([results.map(({ status }) => status), kept(db)]).toEqual([['fulfilled', 'rejected', 'fulfilled'], 2]);
});

test('nothing is called kept when the commit fails, and the next write is kept', async () => {
  const db = database();
  const group = new GroupCommit(db);
  const insert = db.prepare('INSERT INTO parents (id) VALUES (?)');
  const orphan = db.prepare('INSERT INTO children (parent) VALUES (9)');
  const writes = [group.run(() => insert.run(1)), group.run(() => orphan.run())];
  const results = await Promise.allSettled(writes);
  expect([results.map(({ status }) => status), kept(db)]).toEqual([['rejected', 'rejected'], 0]);
  await group.run(() => insert.run(2));
  expect(kept(db)).toBe(1);
});
