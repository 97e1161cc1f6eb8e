/** True of the paths on which something else than JSON goes to and fro. */
export function isMediaPath(path: string): boolean {
  return /^\/api\/now\/(v1\/)?(cccif\/media\/upload|cs\/media\/\w+)$/.test(path);
}

/** True of the Virtual Agent Bot Integration API. */
export function isBotPath(path: string): boolean {
  return path === '/api/sn_va_as_service/bot/integration';
}
