/**
 * Runs an action of a button, saying so on the button, and not a second time while it runs.
 * `aria-disabled`, because a button that is `disabled` loses the keyboard focus.
 */
export async function runOnce(
  button: HTMLButtonElement,
  busyLabel: string,
  action: () => Promise<void>,
): Promise<void> {
  if (button.ariaDisabled === "true") return;
  const label = button.textContent;
  button.ariaDisabled = "true";
  button.textContent = busyLabel;
  try {
    await action();
  } finally {
    button.ariaDisabled = null;
    button.textContent = label;
  }
}
