import { byId } from './dom.js';

const shownMs = 8000;

/** Answers a function that shows a sentence about something that went wrong, for a while. */
export function mountProblem() {
  let timer;
  return (sentence) => {
    byId('problem').textContent = sentence;
    clearTimeout(timer);
    timer = setTimeout(() => byId('problem').replaceChildren(), shownMs);
  };
}
