import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Input, Radio } from 'antd'
import { useState } from 'react'
import type { CalendarDay } from '../../floor/calendar/schema.ts'
import { ask, remove } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import styles from './calendar.module.css'

type Kind = 'usual' | 'off' | 'worked'

interface Props {
  readonly day: string
  readonly is: CalendarDay | null
  readonly onDone: () => void
}

/** What a day is: a holiday, a weekend that is worked, or what its weekday says. */
export function DayForm({ day, is, onDone }: Props) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [kind, setKind] = useState<Kind>(is === null ? 'usual' : is.works ? 'worked' : 'off')
  const [name, setName] = useState(is?.name ?? '')
  const save = useMutation({
    mutationFn: async () => {
      const path = `/api/calendar/${day}`
      if (kind !== 'usual') await ask(path, { method: 'PUT', body: { works: kind === 'worked', name } })
      else if (is !== null) await remove(path)
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['calendar'] })
      onDone()
    },
  })
  const nameless = kind !== 'usual' && name.trim() === ''
  return (
    <form
      className={styles.form}
      onSubmit={event => {
        event.preventDefault()
        if (!nameless) save.mutate()
      }}
    >
      <Radio.Group
        value={kind}
        onChange={event => setKind(event.target.value)}
        options={[
          { value: 'usual', label: t('calendar.usual') },
          { value: 'off', label: t('calendar.off') },
          { value: 'worked', label: t('calendar.worked') },
        ]}
        data-testid="day-kind"
      />
      <Input
        autoFocus
        value={name}
        maxLength={40}
        disabled={kind === 'usual'}
        aria-label={t('calendar.name')}
        placeholder={t('calendar.name.example')}
        onChange={event => setName(event.target.value)}
        data-testid="day-name"
      />
      {save.isError && <Alert type="error" title={t(problemKey(save.error))} />}
      <Button
        type="primary"
        htmlType="submit"
        disabled={nameless}
        loading={save.isPending}
        data-testid="day-save"
      >
        {t('calendar.save')}
      </Button>
    </form>
  )
}
