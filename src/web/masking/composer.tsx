import { Alert, Button } from 'antd'
import type { ReactNode } from 'react'
import type { BindingView } from '../../casework/masking/schema.ts'
import { codeOf, Problem } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { useNow } from '../kit/use-now.ts'
import { changesBetween } from './binding-words.ts'
import styles from './masking.module.css'

interface Props {
  readonly title: string
  readonly testid: string
  readonly error: unknown
  readonly send: string
  readonly sending: boolean
  readonly disabled?: boolean
  readonly danger?: boolean
  readonly onSend: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A small form beside what it is about: Enter or Ctrl+Enter sends, Escape leaves. */
export function Composer(props: Props) {
  const { t } = useWords()
  const send = () => {
    if (!props.sending && props.disabled !== true) props.onSend()
  }
  const refusal = refusalOf(props.error)
  return (
    <form
      ref={focusFirst}
      className={styles.composer}
      aria-label={props.title}
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
      onKeyDown={event => {
        // The list and the acts of the order have keys of their own: here they are the form's.
        event.stopPropagation()
        if (event.key === 'Escape' && !event.defaultPrevented) props.onClose()
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey || isChoice(event.target))) return
        event.preventDefault()
        send()
      }}
      data-testid={props.testid}
    >
      <h4>{props.title}</h4>
      {refusal !== null && (
        <Alert type="error" showIcon title={t(problemKey(refusal))} data-testid="refused" />
      )}
      {props.children}
      <footer>
        <Button size="small" onClick={props.onClose}>
          {t('acts.cancel')} <kbd>Esc</kbd>
        </Button>
        <Button
          type="primary"
          size="small"
          danger={props.danger === true}
          htmlType="submit"
          loading={props.sending}
          disabled={props.disabled === true}
          data-testid="send"
        >
          {props.send}
        </Button>
      </footer>
    </form>
  )
}

/** What is wrong with a field is said there, and what somebody else has changed by the changes themselves. */
function refusalOf(error: unknown): unknown {
  if (error === null || codeOf(error) === 'changed-meanwhile') return null
  return error instanceof Problem && Object.keys(error.fields).length > 0 ? null : error
}

export function fieldProblems(error: unknown): Readonly<Record<string, string>> {
  return error instanceof Problem ? error.fields : {}
}

/** Where Enter sends a form in some browsers, and in others does nothing. */
function isChoice(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && ['radio', 'checkbox'].includes(target.type)
}

/** The keys are the form's from the start. */
function focusFirst(form: HTMLElement | null): void {
  form?.querySelector<HTMLElement>('input:checked, input, textarea, [type=submit]')?.focus()
}

/** What somebody else did to it since the form was opened. */
export function Changes({ before, after }: { readonly before: BindingView; readonly after: BindingView }) {
  const { t } = useWords()
  const now = useNow(false)
  if (after.version === before.version) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={
        <>
          {t('mask.changed')}
          {changesBetween(t, before, after, now).map(change => (
            <b key={change}>{change}</b>
          ))}
        </>
      }
      data-testid="changed"
    />
  )
}
