import type { ReactNode } from 'react'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { type PlainTextKey, TEXTS } from '../kit/texts.ts'
import styles from './settings.module.css'

interface Props {
  readonly label: ReactNode
  /** As the service names it. */
  readonly problem?: string | undefined
  readonly hint?: ReactNode
  readonly children: ReactNode
}

/** A named part of a form, with what is wrong with it below. */
export function Field({ label, problem, hint, children }: Props) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className={css(styles.field, problem !== undefined && styles.bad)}>
      <span className={styles.label}>{label}</span>
      {children}
      {problem === undefined ? hint !== undefined && <small>{hint}</small> : <Wrong problem={problem} />}
    </label>
  )
}

/** What is wrong, in words. */
export function Wrong({ problem }: { readonly problem: string }) {
  const { t } = useWords()
  return (
    <span className={styles.wrong} role="alert" data-problem={problem}>
      {t(wrongKey(problem))}
    </span>
  )
}

export function wrongKey(problem: string): PlainTextKey {
  const key = `settings.wrong.${problem}`
  return isWrongKey(key) ? key : 'settings.wrong.wrong-form'
}

function isWrongKey(key: string): key is Extract<PlainTextKey, `settings.wrong.${string}`> {
  return key in TEXTS
}
