import { Alert, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import type { CaseGrade } from '../../cases/life/order.ts'
import type { LeaderDayItem, ResultForm } from '../../casework/callbacks/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import styles from './leader-day.module.css'
import { useResult } from './use-leader-day.ts'

const GRADES: readonly CaseGrade[] = ['very-good', 'good', 'fair', 'bad', 'very-bad']

type How = ResultForm['do']
const HOWS = [
  ['rate', 'leader-day.rate'],
  ['miss-call-back', 'leader-day.miss'],
  ['note', 'leader-day.note'],
] as const satisfies readonly (readonly [How, string])[]

interface Props {
  readonly day: string
  readonly item: LeaderDayItem
  readonly onClose: () => void
  readonly onDone: () => void
}

/** How the talk with a citizen went, entered while the leader still speaks. */
export function ResultDialog({ day, item, onClose, onDone }: Props) {
  const { t } = useWords()
  const result = useResult(day)
  const [how, setHow] = useState<How>('rate')
  const [grade, setGrade] = useState<CaseGrade | null>(null)
  const [solved, setSolved] = useState<boolean | null>(null)
  const [words, setWords] = useState('')
  const form = formOf(how, grade, solved, words.trim())
  return (
    <Modal
      open
      title={`${item.title} · ${item.number}`}
      okText={t('leader-day.enter')}
      okButtonProps={{ disabled: form === null, 'data-testid': 'result-send' }}
      confirmLoading={result.isPending}
      onCancel={onClose}
      onOk={() => form !== null && result.mutate({ order: item.id, form }, { onSuccess: onDone })}
    >
      <div className={styles.form} data-testid="result-form">
        <Radio.Group
          value={how}
          onChange={event => setHow(event.target.value)}
          options={HOWS.map(([value, key]) => ({ value, label: t(key) }))}
        />
        {how === 'rate' && (
          <>
            <Radio.Group
              optionType="button"
              value={grade}
              onChange={event => setGrade(event.target.value)}
              options={GRADES.map(value => ({ value, label: t(`grade.${value}`) }))}
            />
            <Radio.Group
              value={solved}
              onChange={event => setSolved(event.target.value)}
              options={[true, false].map(value => ({ value, label: t(`solved.${value}`) }))}
            />
          </>
        )}
        <Input.TextArea
          rows={3}
          value={words}
          maxLength={500}
          placeholder={t('leader-day.words')}
          aria-label={t('leader-day.words')}
          onChange={event => setWords(event.target.value)}
          data-testid="result-words"
        />
        {result.isError && <Alert type="error" showIcon title={t(problemKey(result.error))} />}
      </div>
    </Modal>
  )
}

/** Null while something is missing. */
function formOf(how: How, grade: CaseGrade | null, solved: boolean | null, words: string): ResultForm | null {
  if (words === '') return null
  if (how === 'miss-call-back') return { do: how, note: words }
  if (how === 'note') return { do: how, text: words }
  return grade === null || solved === null ? null : { do: how, grade, solved, text: words }
}
