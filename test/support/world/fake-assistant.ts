import type { AssistantAnswer, AssistantItem } from '../../../src/conversation/content';
import type { AssistantNews } from '../../../src/conversation/effects';
import { ApiFailure } from '../../../src/conversation/failures';
import type { ConversationKey } from '../../../src/conversation/types';
import type { Assistant, AssistantMemory, AssistantTurn, LookedUpTurn } from '../../../src/engine/ports';
import type { Trouble } from './fake-servicenow';

/** An assistant that echoes, hands off when asked for a live agent, and keeps quiet when asked to. */
export class FakeAssistant implements Assistant {
  readonly asked: string[] = [];
  readonly news: { key: ConversationKey; news: AssistantNews }[] = [];
  /** Whether its records can be asked, as with `RASA_TRACKER=1`. */
  hasRecords = false;
  trouble: () => Trouble | undefined = () => undefined;
  /** Holds answers back until the returned promise resolves. */
  thinking: () => Promise<void> = async () => {};
  private readonly records = new Map<string, AssistantAnswer>();
  private readonly underWay = new Map<ConversationKey, number>();
  mostAtOnce = 0;

  async ask({ key, message }: AssistantTurn): Promise<AssistantAnswer> {
    const trouble = this.trouble();
    if (trouble?.how === 'refused') throw failure(true);
    if (trouble?.how === 'lost_before') throw failure(false);
    const count = (this.underWay.get(key) ?? 0) + 1;
    this.underWay.set(key, count);
    this.mostAtOnce = Math.max(this.mostAtOnce, count);
    this.asked.push(message.payload ?? message.text);
    await this.thinking();
    this.underWay.set(key, count - 1);
    const answer = answerTo(message.text);
    this.records.set(`${key} ${message.turn}`, answer);
    if (trouble?.how === 'lost_after') throw failure(false);
    return answer;
  }

  async lookUp({ key, message }: AssistantTurn): Promise<LookedUpTurn> {
    if (!this.hasRecords) return { outcome: 'unknown' };
    const answer = this.records.get(`${key} ${message.turn}`);
    return answer ? { outcome: 'answered', answer } : { outcome: 'not_processed' };
  }

  /** What its records hold for the agent. */
  memory: AssistantMemory | undefined;

  async recall(): Promise<AssistantMemory | undefined> {
    return this.memory;
  }

  /** Its records are not the connector's memory. */
  forget(): void {
    this.records.clear();
  }

  /** What it says to the end of a chat. */
  greeting: readonly AssistantItem[] = [];

  async tell(key: ConversationKey, news: AssistantNews): Promise<readonly AssistantItem[]> {
    this.news.push({ key, news });
    return news.event === 'goodbye_said' ? this.greeting : [];
  }
}

function answerTo(text: string): AssistantAnswer {
  if (text === 'quiet') return { items: [] };
  if (/live agent/.test(text)) {
    return { items: [{ text: 'I am connecting you.' }], handoff: { reason: 'user_request', summary: text } };
  }
  return { items: [{ text: `you said ${text}` }] };
}

function failure(certain: boolean): ApiFailure {
  return new ApiFailure({ upstream: 'rasa', kind: 'unreachable', certain, message: 'fake' });
}
