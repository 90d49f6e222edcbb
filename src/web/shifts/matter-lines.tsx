import { Input, type InputRef } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useWords } from '../kit/language.tsx'
import styles from './note.module.css'

interface Props {
  readonly lines: readonly string[]
  readonly onChange: (lines: string[]) => void
}

/** One matter a line, with an empty one to go on; Enter goes to the next, Backspace in an empty one removes it. */
export function MatterLines({ lines, onChange }: Props) {
  const { t } = useWords()
  const fields = useRef<(InputRef | null)[]>([])
  const [goTo, setGoTo] = useState<number | null>(null)
  useEffect(() => {
    if (goTo === null) return
    fields.current[goTo]?.focus()
    setGoTo(null)
  }, [goTo])
  const shown = lines.at(-1) === '' ? lines : [...lines, '']
  const onKey = (event: KeyboardEvent, index: number) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      if (index === lines.length - 1) onChange([...lines, ''])
      setGoTo(index + 1)
    } else if (event.key === 'Backspace' && shown[index] === '' && index > 0) {
      onChange(lines.filter((_, line) => line !== index))
      setGoTo(index - 1)
    } else return
    event.preventDefault()
  }
  return (
    <ol className={styles.lines}>
      {shown.map((line, index) => (
        // Lines have no names but their places.
        // biome-ignore lint/suspicious/noArrayIndexKey: as said
        <li key={index}>
          <Input
            ref={field => {
              fields.current[index] = field
            }}
            variant="filled"
            maxLength={500}
            placeholder={index === shown.length - 1 ? t('handover.matters.what') : ''}
            aria-label={`${t('handover.matters')} ${index + 1}`}
            value={line}
            onChange={event => onChange(shown.map((text, at) => (at === index ? event.target.value : text)))}
            onKeyDown={event => onKey(event, index)}
            data-testid={`matter-${index}`}
          />
        </li>
      ))}
    </ol>
  )
}
