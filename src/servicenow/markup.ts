import { plainOf } from '../conversation/marks';
import { setHtml } from './markup/html';
import { Page } from './markup/page';
import { segmentsOf } from './markup/segments';
import type { Line, Reading } from './markup/tree';
import { wordRuns } from './markup/words';
import { written } from './markup/write';

/** What somebody wrote in ServiceNow, as lines of words, links, mentions and code; nothing else of its mark-up is left. */
export function linesOf(text: string, reading: Reading = {}): Line[] {
  const page = new Page();
  for (const segment of segmentsOf(text)) {
    if (segment.kind === 'html') setHtml(segment.text, page, reading);
    else setWords(segment.text, page, reading);
  }
  return page.finish();
}

/** The same in the one form that goes through the product: what a person reads, with unseen marks for the rest. */
export function markedUp(text: string, reading: Reading = {}): string {
  const marked = written(linesOf(text, reading));
  const plain = plainOf(marked);
  return plain.trim() === '' ? plain : marked;
}

function setWords(text: string, page: Page, reading: Reading): void {
  for (const run of wordRuns(text, reading)) {
    if (run.kind !== 'words') page.add(run);
    else {
      run.text.split('\n').forEach((words, index) => {
        if (index > 0) page.break();
        if (words !== '') page.add({ ...run, text: words });
      });
    }
  }
}
