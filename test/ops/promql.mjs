// Reads expressions of PromQL as JSON from stdin; writes, for each, where it is wrong and which metrics it asks for. The parser is an ES module.
import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';

const read = (expression) => {
  const wrongAt = [];
  const metrics = [];
  parser.parse(expression).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) wrongAt.push(from);
      if (type.name === 'VectorSelector') metrics.push(/^\w+/.exec(expression.slice(from, to))?.[0] ?? '');
    },
  });
  return { wrongAt, metrics };
};

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(read)));
