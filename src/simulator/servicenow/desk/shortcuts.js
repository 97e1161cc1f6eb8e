import { byId, element } from './dom.js';
import { placeUnder } from './popover.js';

/** The page's shortcuts: `bindings` is a list of `{code, keys, what, run}`; the Keyboard menu lists the same. */
export function mountShortcuts(bindings) {
  const menu = byId('keys-menu');
  const writing = [
    { keys: 'Enter', what: 'Send what is written' },
    { keys: 'Shift Enter', what: 'New line' },
    { keys: 'Esc', what: 'Close a menu or dialog' },
  ];
  for (const { keys, what } of [...bindings, ...writing]) {
    byId('keys').append(element('dt', {}, [element('kbd', { text: keys })]), element('dd', { text: what }));
  }
  menu.addEventListener('beforetoggle', (event) => {
    if (event.newState === 'open') placeUnder(menu, byId('keys-button'));
  });
  document.addEventListener('keydown', (event) => {
    // The physical key counts: with Alt held, some keyboards type another character. AltGr comes with Ctrl.
    if (!event.altKey || event.ctrlKey || event.metaKey || document.querySelector('dialog[open]')) return;
    const binding = bindings.find((each) => each.code === event.code);
    if (!binding) return;
    event.preventDefault();
    binding.run();
  });
}
