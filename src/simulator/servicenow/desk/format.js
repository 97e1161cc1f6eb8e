const hourAndMinute = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** A moment as people write it: 14:05. */
export function clockTime(at) {
  return hourAndMinute.format(at);
}

/** How long something takes so far: 0:42, 12:05, 1 h 20 min. */
export function elapsed(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** How large a file is: 17 B, 1.4 kB, 25 MB. */
export function fileSize(bytes) {
  const [unit, size] =
    bytes < 1_000 ? ['B', bytes] : bytes < 1_000_000 ? ['kB', bytes / 1_000] : ['MB', bytes / 1_000_000];
  return `${size < 10 && unit !== 'B' ? size.toFixed(1) : Math.round(size)} ${unit}`;
}

/** Up to two letters that stand for a person. */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => [...word][0].toUpperCase()).join('') || '?';
}

/** The name by which one would greet a person. */
export function firstName(name) {
  return name.trim().split(/\s+/)[0] || name;
}

/** How a chat ended, in words an agent uses. */
export function ending(chat) {
  const endings = {
    closed_complete: chat.agentName ? `Closed by ${chat.agentName}` : 'Closed by the agent',
    closed_escalated: 'Escalated to a new chat',
    closed_by_client: `${chat.requester} left the chat`,
    closed_abandoned: `${chat.requester} left while waiting`,
  };
  return endings[chat.state] ?? 'Ended';
}
