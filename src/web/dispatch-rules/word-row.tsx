import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { Wrong } from '../settings/field.tsx'
import type { FieldProblems } from '../settings/fields.ts'
import styles from './words.module.css'

interface Props {
  /** A category's code, or an urgency. */
  readonly list: string
  readonly name: string
  readonly title: ReactNode
  readonly words: readonly string[]
  readonly problems: FieldProblems
  /** Those of its words that the text tried out has. */
  readonly told: readonly string[]
  readonly isEdited: boolean
  readonly onWords: (words: string[]) => void
}

/** The words of one list: read until somebody edits them, since there are a hundred such rows. */
export function WordRow(props: Props) {
  const { list, title, told, isEdited, problems, words } = props
  const wrong = words.flatMap((word, index) => {
    const problem = problems[`${list}.${index}`]
    return problem === undefined ? [] : [{ word, problem }]
  })
  const whole = problems[list]
  return (
    <tr className={css(told.length > 0 && styles.told)} data-testid={`words-${list}`}>
      <th scope="row" className={css(isEdited && styles.edited)}>
        {title}
      </th>
      <td>
        <Words {...props} isWrong={wrong.length > 0} />
        {wrong.map(({ word, problem }) => (
          <span key={word} className={styles.wrong}>
            “{word}” <Wrong problem={problem} />
          </span>
        ))}
        {whole !== undefined && <Wrong problem={whole} />}
      </td>
    </tr>
  )
}

function Words(props: Props & { readonly isWrong: boolean }) {
  const { list, name, words, told, isWrong, onWords } = props
  const { t } = useWords()
  const [editing, setEditing] = useState(false)
  if (editing) {
    return (
      <Select
        mode="tags"
        autoFocus
        open={false}
        suffixIcon={null}
        className={styles.select ?? ''}
        status={isWrong ? 'error' : ''}
        tokenSeparators={[' ', '、', '，', ',']}
        aria-label={name}
        value={[...words]}
        onChange={onWords}
        onBlur={() => setEditing(false)}
        data-testid={`words-edit-${list}`}
      />
    )
  }
  return (
    <button
      type="button"
      className={styles.words}
      aria-label={t('dispatch-words.edit', { list: name })}
      onClick={() => setEditing(true)}
    >
      {words.map(word => (
        <span key={word} className={css(told.includes(word) && styles.hit)}>
          {word}
        </span>
      ))}
      <i>{t('dispatch-words.add')}</i>
    </button>
  )
}
