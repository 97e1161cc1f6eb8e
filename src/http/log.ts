import pino from 'pino';
import type { Log } from '../engine/ports';
import { plainFields } from './plain-fields';

/** JSON lines on stdout: one object for each happening, with `event` as its name. */
export function makeLog(level: 'info' | 'warn' | 'error' | 'silent'): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ fd: 1, sync: true }),
  );
  return {
    info: (event, fields) => logger.info({ event, ...plainFields(fields ?? {}) }),
    warn: (event, fields) => logger.warn({ event, ...plainFields(fields ?? {}) }),
    error: (event, fields) => logger.error({ event, ...plainFields(fields ?? {}) }),
  };
}

/** Writes to each of them. */
export function everyLog(...logs: readonly Log[]): Log {
  return {
    info: (event, fields) => logs.forEach((log) => void log.info(event, fields)),
    warn: (event, fields) => logs.forEach((log) => void log.warn(event, fields)),
    error: (event, fields) => logs.forEach((log) => void log.error(event, fields)),
  };
}
