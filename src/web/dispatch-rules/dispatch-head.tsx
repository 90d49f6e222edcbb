import { SearchOutlined } from '@ant-design/icons'
import { Input, type InputRef, Segmented } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { useWords } from '../kit/language.tsx'
import shared from '../settings/settings.module.css'
import { goTo } from '../shell/place.ts'
import styles from './dispatch-rules.module.css'

export const PATH = 'dispatch-rules'
/** In the address, in the place of a rule: no id is like it. */
export const WORDS = 'words'

interface Props {
  readonly tab: 'rules' | typeof WORDS
  readonly search: string
  readonly hint: string
  readonly onSearch: (text: string) => void
  readonly count: string
  /** Buttons. */
  readonly children: ReactNode
}

export function DispatchHead({ tab, search, hint, onSearch, count, children }: Props) {
  const { t } = useWords()
  return (
    <header className={shared.head}>
      <h1>{t('dispatch-rules.title')}</h1>
      <Segmented
        value={tab}
        onChange={chosen => (chosen === WORDS ? goTo(PATH, WORDS) : goTo(PATH))}
        options={(['rules', WORDS] as const).map(value => ({
          value,
          label: t(`dispatch-rules.tab.${value}`),
        }))}
        data-testid="dispatch-tabs"
      />
      <Search value={search} hint={hint} onChange={onSearch} />
      <span className={shared.quiet}>{count}</span>
      {children}
    </header>
  )
}

interface SearchProps {
  readonly value: string
  readonly hint: string
  readonly onChange: (text: string) => void
}

function Search({ value, hint, onChange }: SearchProps) {
  const search = useRef<InputRef>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea')
      if (event.key !== '/' || typing || event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      search.current?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <Input
      ref={search}
      className={styles.search ?? ''}
      prefix={<SearchOutlined />}
      placeholder={hint}
      value={value}
      onChange={event => onChange(event.target.value)}
      allowClear
      data-testid="rule-search"
    />
  )
}
