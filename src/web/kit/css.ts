/** The class names that are there, joined: `css(styles.pop, offered && styles.offered)`. */
export function css(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
