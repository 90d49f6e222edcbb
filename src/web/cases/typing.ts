/** Where something is being typed or chosen, keys are left to it. */
export function isTyping({ target, isComposing }: KeyboardEvent): boolean {
  if (isComposing) return true
  return (
    target instanceof HTMLElement &&
    target.matches('input:not([type=radio]), textarea, [role=combobox], [contenteditable=true]')
  )
}
