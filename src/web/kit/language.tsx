import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { browserMemory } from './remembered.ts'
import { type Filling, type Language, type TextKey, textOf } from './texts.ts'

export interface Words {
  readonly language: Language
  readonly switchLanguage: () => void
  readonly t: <Key extends TextKey>(key: Key, ...filling: Filling<Key>) => string
  /** The name that a catalogue entry has in the language of the page. */
  readonly nameOf: (entry: { readonly nameZh: string; readonly nameEn?: string }) => string
}

const WordsContext = createContext<Words | null>(null)

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() =>
    browserMemory.read('language') === 'en' ? 'en' : 'zh',
  )
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [language])
  const switchLanguage = useCallback(() => {
    const other: Language = language === 'zh' ? 'en' : 'zh'
    browserMemory.write('language', other)
    setLanguage(other)
  }, [language])
  const words = useMemo<Words>(
    () => ({
      language,
      switchLanguage,
      t: (key, ...filling) => textOf(language, key, ...filling),
      nameOf: entry => (language === 'en' && entry.nameEn ? entry.nameEn : entry.nameZh),
    }),
    [language, switchLanguage],
  )
  return <WordsContext value={words}>{children}</WordsContext>
}

export function useWords(): Words {
  const words = useContext(WordsContext)
  if (words === null) throw new Error('useWords outside LanguageProvider')
  return words
}
