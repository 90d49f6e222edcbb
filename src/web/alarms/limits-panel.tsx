import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button } from 'antd'
import { useState } from 'react'
import type { AlarmLimit, AlarmLimitsView } from '../../floor/alarms/schema.ts'
import { ask, codeOf, get, Problem } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { Opening } from '../kit/whole-page.tsx'
import { AddLimit } from './add-limit.tsx'
import styles from './alarms.module.css'
import { inPageOrder } from './limits.ts'
import { type FieldProblems, LimitsTable } from './limits-table.tsx'

const KEY = ['alarm-limits', 'edited']

/** All limits as one form, saved over the version that was read. */
export function LimitsPanel() {
  const { t } = useWords()
  const stored = useQuery({
    queryKey: KEY,
    queryFn: () => get<AlarmLimitsView>('/api/alarm-limits'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (stored.isError) return <Alert type="error" showIcon title={t('alarms.limits.failed')} />
  if (stored.data === undefined) return <Opening />
  return <LimitsForm key={stored.data.version} stored={stored.data} />
}

function LimitsForm({ stored }: { readonly stored: AlarmLimitsView }) {
  const { t } = useWords()
  const first = inPageOrder(stored.limits)
  const [limits, setLimits] = useState(first)
  const dirty = JSON.stringify(limits) !== JSON.stringify(first)
  const { save, problems, clear } = useSave(stored.version)
  const edit = (next: readonly AlarmLimit[]) => {
    clear()
    setLimits(inPageOrder(next))
  }
  return (
    <form
      className={styles.limits}
      onSubmit={event => {
        event.preventDefault()
        save.mutate(limits)
      }}
    >
      <LimitsTable limits={limits} problems={problems} onLimits={edit} />
      <footer>
        <AddLimit limits={limits} onAdd={limit => edit([...limits, limit])} />
        <span className={styles.quiet}>{dirty && t('alarms.limits.dirty')}</span>
        <Button disabled={!dirty} onClick={() => edit(first)}>
          {t('alarms.limits.undo')}
        </Button>
        <Button
          type="primary"
          htmlType="submit"
          disabled={!dirty}
          loading={save.isPending}
          data-testid="limits-save"
        >
          {t('alarms.limits.save')}
        </Button>
      </footer>
    </form>
  )
}

function useSave(version: number) {
  const { t } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [problems, setProblems] = useState<FieldProblems>({})
  const save = useMutation({
    mutationFn: (limits: readonly AlarmLimit[]) =>
      ask<AlarmLimitsView>('/api/alarm-limits', { method: 'PUT', body: { limits }, ifMatch: `"${version}"` }),
    onSuccess: ({ body }) => {
      queries.setQueryData(KEY, body)
      queries.setQueryData(['alarm-limits'], body)
      message.success(t('alarms.limits.saved'))
    },
    onError: error => {
      if (error instanceof Problem) setProblems(error.fields)
      if (codeOf(error) === 'changed-meanwhile') {
        message.warning(t('alarms.limits.changed'))
        queries.invalidateQueries({ queryKey: KEY })
      } else {
        message.error(t(codeOf(error) === 'bad-input' ? 'alarms.limits.wrong' : problemKey(error)))
      }
    },
  })
  return { save, problems, clear: () => setProblems({}) }
}
