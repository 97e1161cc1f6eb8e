import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { TranscriptLine } from '../conversation/step';
import type { ConversationKey, Instant } from '../conversation/types';
import type { ConversationStore } from '../engine/store';

/** One line of what was said, with the conversation it was said in. */
export type SaidLine = TranscriptLine & { readonly key: ConversationKey };

/** Sends what was said, one JSON object per line and at the pace of the one who reads; the last line is empty, so that a torn answer is known. */
export async function sendTranscript(
  response: ServerResponse,
  store: ConversationStore,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<void> {
  response.setHeader('content-type', 'application/x-ndjson');
  for await (const line of store.transcript(from, to)) {
    if (response.destroyed) return;
    if (!response.write(`${JSON.stringify(line)}\n`))
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.end('\n');
}
