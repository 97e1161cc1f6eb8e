const gapPx = 6;

/** Puts a menu next to the button that opens it: below it where there is room, else above. */
export function placeUnder(menu, button) {
  const at = button.getBoundingClientRect();
  const below = at.bottom < window.innerHeight / 2;
  menu.style.top = below ? `${at.bottom + gapPx}px` : 'auto';
  menu.style.bottom = below ? 'auto' : `${window.innerHeight - at.top + gapPx}px`;
  menu.style.right = `${Math.max(gapPx, document.documentElement.clientWidth - at.right)}px`;
  menu.style.left = 'auto';
}
