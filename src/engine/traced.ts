import type { Upstream } from '../conversation/failures';
import type { Trace } from './trace';

/** The same far side, whose calls are told of in the trace of the work that they belong to. What looks around by itself is in none. */
export function traced<T extends object>(side: T, upstream: Upstream, trace: Trace): T {
  return new Proxy(side, {
    get(target, name) {
      const method = Reflect.get(target, name);
      if (typeof method !== 'function' || typeof name !== 'string') return method;
      const of = { name: `${upstream} ${name}`, kind: 'client', under: 'here_only' } as const;
      return (...args: unknown[]) => trace.span(of, () => method.apply(target, args));
    },
  });
}
