/** Opens a dialog over the page; Escape, the Cancel button and a click beside it close it without doing anything. */
export function openDialog(dialog) {
  const cancel = dialog.querySelector('[data-dismiss]');
  cancel.onclick = () => dialog.close();
  dialog.onclick = (event) => {
    if (event.target === dialog) dialog.close();
  };
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('input:checked')?.focus();
}
