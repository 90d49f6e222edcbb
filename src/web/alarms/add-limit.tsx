import { PlusOutlined } from '@ant-design/icons'
import { Button, Cascader, Space } from 'antd'
import { useState } from 'react'
import type { AlarmLimit } from '../../floor/alarms/schema.ts'
import { useNotReadyReasons } from '../agent/use-catalogues.ts'
import { useWords } from '../kit/language.tsx'
import { KIND_FORMS } from './limits.ts'
import { useQueues } from './use-queue-names.ts'

interface Option {
  readonly value: string
  readonly label: string
  readonly children?: Option[]
}

interface Props {
  readonly limits: readonly AlarmLimit[]
  readonly onAdd: (limit: AlarmLimit) => void
}

/** A limit for one queue or one reason, which begins as that of all. */
export function AddLimit({ limits, onAdd }: Props) {
  const { t, nameOf } = useWords()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const queues = useQueues().map(queue => ({ value: queue.id, label: nameOf(queue) }))
  const { choosable } = useNotReadyReasons()
  const reasons = choosable.map(reason => ({ value: reason.code, label: nameOf(reason) }))
  const options: Option[] = limits
    .filter(({ kind, queue, reason }) => queue === null && reason === null && KIND_FORMS[kind].of in NARROWED)
    .map(({ kind }) => ({
      value: kind,
      label: t(`alarms.kind.${kind}`),
      children: (KIND_FORMS[kind].of === 'queue' ? queues : reasons).filter(
        ({ value }) => !limits.some(one => one.kind === kind && (one.queue ?? one.reason) === value),
      ),
    }))
  const [kind, subject] = chosen
  const base = limits.find(one => one.kind === kind && one.queue === null && one.reason === null)
  const add = () => {
    if (base === undefined || subject === undefined) return
    onAdd({ ...base, [KIND_FORMS[base.kind].of]: subject })
    setChosen([])
  }
  return (
    <Space.Compact>
      <Cascader
        options={options}
        value={[...chosen]}
        onChange={value => setChosen(value ?? [])}
        placeholder={t('alarms.limits.add.what')}
        expandTrigger="hover"
        style={{ width: 300 }}
        data-testid="limit-choose"
      />
      <Button icon={<PlusOutlined />} disabled={subject === undefined} onClick={add} data-testid="limit-add">
        {t('alarms.limits.add')}
      </Button>
    </Space.Compact>
  )
}

/** Kinds whose limits may differ by queue or by reason. */
const NARROWED: Readonly<Record<string, true>> = { queue: true, reason: true }
