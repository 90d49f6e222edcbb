interface Node<T> {
  readonly next: Map<string, Node<T>>
  /** The word that ends here, and what it stands for. */
  word: string
  values: T[]
}

export interface Found<T> {
  readonly word: string
  readonly values: readonly T[]
}

/**
 * Many words looked for at once: a trie that is walked from each character. Words are a few characters long, so the
 * time goes with the length of the text alone, however many words there are.
 */
export class WordIndex<T> {
  private readonly root: Node<T> = { next: new Map(), word: '', values: [] }

  constructor(entries: Iterable<readonly [word: string, value: T]>) {
    for (const [word, value] of entries) this.add(plainText(word), value)
  }

  /** From left to right the longest word at each place, none over another; each once, however often it stands there. */
  find(text: string): readonly Found<T>[] {
    const characters = [...plainText(text)]
    const found = new Map<string, Found<T>>()
    for (let at = 0; at < characters.length; ) {
      const longest = this.longestAt(characters, at)
      if (longest !== null) found.set(longest.word, longest)
      at += longest === null ? 1 : [...longest.word].length
    }
    return [...found.values()]
  }

  private longestAt(characters: readonly string[], from: number): Found<T> | null {
    let longest: Node<T> | null = null
    let node: Node<T> | undefined = this.root
    for (let at = from; at < characters.length; at++) {
      node = node.next.get(characters[at] ?? '')
      if (node === undefined) break
      if (node.values.length > 0) longest = node
    }
    return longest
  }

  private add(word: string, value: T): void {
    if (word === '') return
    let node = this.root
    for (const character of word) {
      const next: Node<T> = node.next.get(character) ?? { next: new Map(), word: '', values: [] }
      node.next.set(character, next)
      node = next
    }
    node.word = word
    if (!node.values.includes(value)) node.values.push(value)
  }
}

/** As words are compared: full-width as half-width, capitals as small letters, no blanks. */
export function plainText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
}
