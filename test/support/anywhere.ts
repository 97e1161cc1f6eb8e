import type { Reach } from '../../src/upstream/reach';

/** For tests of what is not about where calls may go. */
export const anywhere: Reach = () => 'named';
