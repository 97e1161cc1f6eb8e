import WebSocket from 'ws';
import { conversationId, employee, startPlayground } from '../../src/simulator/demo/playground';
import { freePort } from '../../src/simulator/demo/ports';
import { eventually } from './product';

/** One message as the emulator's client shows it. */
interface PlaygroundMessage {
  readonly messageId: string;
  readonly text?: string;
  readonly from?: { readonly id?: string };
  readonly attachments?: readonly {
    readonly content?: {
      readonly text?: string;
      readonly fallbackText?: string;
      readonly body?: readonly { readonly text?: string }[];
    };
  }[];
}

interface Frame {
  readonly action: string;
  readonly message?: PlaygroundMessage;
}

/** Microsoft's Agents Playground, driven by its own HTTP and websocket interface as its page does it. */
export interface Playground {
  readonly url: string;
  /** What the bot said, in order. */
  readonly said: string[];
  install(): Promise<void>;
  say(text: string): Promise<void>;
  /** Delivers any activity to the bot as it is. */
  deliver(activity: Readonly<Record<string, unknown>>): Promise<void>;
  /** Resolves with the first message after the given number that matches. */
  hears(pattern: RegExp, after?: number): Promise<string>;
  close(): Promise<void>;
}

export async function openPlayground(endpoint: string, folder: string): Promise<Playground> {
  const port = await freePort(0);
  const child = startPlayground({ endpoint, port, folder });
  const url = `http://127.0.0.1:${port}`;
  await eventually(
    () =>
      fetch(`${url}/_debug/ping`).then(
        (response) => response.ok,
        () => false,
      ),
    'the playground to start',
  );
  const said: string[] = [];
  const socket = new WebSocket(`ws://127.0.0.1:${port}/_ws_conversation/v1/conversations/stream`);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('message', (data) => {
    const { action, message } = JSON.parse(data.toString()) as Frame;
    if (action === 'createMessage' && message && message.from?.id !== employee.id) said.push(textOf(message));
  });
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
  };
  return {
    url,
    said,
    install: () => post(`/_debug/conversation/${encodeURIComponent(conversationId)}/installation`, {}),
    say: (text) =>
      post(`/_conversation/v1/conversations/${encodeURIComponent(conversationId)}/messages`, {
        type: 'text',
        text,
        textFormat: 'plain',
        from: { id: employee.id },
      }),
    deliver: (activity) => post('/_internal/v1/customActivities', activity),
    hears: (pattern, after = 0) =>
      eventually(
        () => said.slice(after).find((text) => pattern.test(text)),
        `to hear ${pattern}; heard ${JSON.stringify(said)}`,
      ),
    close: async () => {
      socket.terminate();
      await child.stop();
    },
  };
}

function textOf({ text, attachments }: PlaygroundMessage): string {
  const cards = (attachments ?? []).flatMap(({ content }) => [
    content?.text,
    ...(content?.body ?? []).map((block) => block.text),
  ]);
  return [text, ...cards].filter(Boolean).join('\n').trim();
}
