import { ApiFailure } from '../conversation/failures';
import type { Observe } from './ports';

/** The same far side, with each of its calls measured. It stands behind the breaker: what is not called is not counted. */
export function metered<T extends object>(side: T, observe: Observe, steady: () => number): T {
  return new Proxy(side, {
    get(target, name) {
      const method = Reflect.get(target, name);
      if (typeof method !== 'function' || typeof name !== 'string') return method;
      return (...args: unknown[]) => measure(name, () => method.apply(target, args));
    },
  });

  function measure(call: string, run: () => unknown): unknown {
    const began = steady();
    const answer = run();
    if (!(answer instanceof Promise)) return answer;
    return answer.then(
      (value: unknown) => {
        observe(call, steady() - began, 'ok');
        return value;
      },
      (error: unknown) => {
        observe(call, steady() - began, error instanceof ApiFailure ? error.kind : 'fault');
        throw error;
      },
    );
  }
}
