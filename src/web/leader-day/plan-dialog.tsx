import { Alert, App, Button, Input, InputNumber, Modal, Popconfirm, Select } from 'antd'
import { useState } from 'react'
import type { LeaderDay } from '../../casework/callbacks/schema.ts'
import { codeOf, Problem } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { clock } from '../kit/time.ts'
import { Field } from '../settings/field.tsx'
import { type PlanForm, planForm } from './plan-form.ts'
import styles from './planner.module.css'
import { useRemovePlan, useSavePlan, useStaff, useUnits } from './use-planner.ts'

interface Props {
  readonly day: string
  /** As it was read last; null: a new one. */
  readonly planned: LeaderDay | null
  readonly onClose: () => void
}

/** Who comes for a unit on a day, and who sits beside. A day that has begun stays. */
export function PlanDialog({ day, planned, onClose }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  // The version that was opened: what others save meanwhile is not written over unseen.
  const [opened] = useState(planned)
  const [form, setForm] = useState(() => planForm(opened, day))
  const done = (key: 'saved' | 'removed') => () => {
    message.success(t(`leader-day.plan.${key}`))
    onClose()
  }
  const save = useSavePlan(opened, done('saved'))
  const remove = useRemovePlan(opened, done('removed'))
  const error = save.error ?? remove.error
  const fields = error instanceof Problem ? error.fields : {}
  const taken = error !== null && codeOf(error) === 'exists-already'
  const begunAt = (planned ?? opened)?.signedInAt ?? null
  const ready = form.day !== '' && form.unit !== '' && form.leader.trim() !== ''
  return (
    <Modal
      open
      width={560}
      title={opened === null ? t('leader-day.plan.new') : `${opened.day} · ${opened.unitName}`}
      onCancel={onClose}
      footer={
        <div className={styles.foot}>
          {opened === null ? (
            <span />
          ) : (
            <Remove begun={begunAt !== null} pending={remove.isPending} onRemove={() => remove.mutate()} />
          )}
          <Button onClick={onClose}>{t('settings.cancel')}</Button>
          <Button
            type="primary"
            disabled={!ready}
            loading={save.isPending}
            onClick={() => save.mutate({ ...form, leader: form.leader.trim() })}
            data-testid="plan-save"
          >
            {t('settings.save')}
          </Button>
        </div>
      }
    >
      {begunAt !== null && (
        <Alert
          type="info"
          showIcon
          title={t('leader-day.plan.begun', { time: clock(begunAt).slice(0, 5) })}
          data-testid="plan-begun"
        />
      )}
      <PlanFields
        form={form}
        fields={taken ? { ...fields, unit: 'leader-there' } : fields}
        isNew={opened === null}
        onChange={part => setForm({ ...form, ...part })}
      />
      {error !== null && !taken && Object.keys(fields).length === 0 && (
        <Alert type="error" showIcon title={t(problemKey(error))} data-testid="plan-error" />
      )}
    </Modal>
  )
}

function Remove(props: {
  readonly begun: boolean
  readonly pending: boolean
  readonly onRemove: () => void
}) {
  const { t } = useWords()
  return (
    <Popconfirm
      title={t('leader-day.plan.remove.sure')}
      okText={t('leader-day.plan.remove')}
      okButtonProps={{ danger: true, 'data-testid': 'plan-remove-sure' }}
      disabled={props.begun}
      onConfirm={props.onRemove}
    >
      <Button danger disabled={props.begun} loading={props.pending} data-testid="plan-remove">
        {t('leader-day.plan.remove')}
      </Button>
    </Popconfirm>
  )
}

interface FieldsProps {
  readonly form: PlanForm
  readonly fields: Readonly<Record<string, string>>
  readonly isNew: boolean
  readonly onChange: (part: Partial<PlanForm>) => void
}

function PlanFields({ form, fields, isNew, onChange }: FieldsProps) {
  const { t } = useWords()
  const units = useUnits()
  const people = useStaff()
  const accounts = people.map(({ id, name, login }) => ({ value: id, label: `${name} · ${login}` }))
  const chooseAccount = (id: string | null) => {
    const name = people.find(one => one.id === id)?.name
    onChange({ staff: id, ...(form.leader.trim() === '' && name !== undefined ? { leader: name } : {}) })
  }
  return (
    <div className={styles.form} data-testid="plan-form">
      {isNew && (
        <>
          <Field label={t('leader-day.day')} problem={fields.day}>
            <Input
              type="date"
              value={form.day}
              onChange={event => onChange({ day: event.target.value })}
              data-testid="plan-day"
            />
          </Field>
          <Field label={t('leader-day.plan.unit')} problem={fields.unit}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              value={form.unit === '' ? null : form.unit}
              placeholder={t('leader-day.plan.unit.which')}
              options={units.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={unit => onChange({ unit: unit ?? '' })}
              data-testid="plan-unit"
            />
          </Field>
        </>
      )}
      <Field label={t('leader-day.plan.leader')} problem={fields.leader}>
        <Input
          value={form.leader}
          maxLength={40}
          onChange={event => onChange({ leader: event.target.value })}
          data-testid="plan-leader"
        />
      </Field>
      <Field label={t('leader-day.plan.quota')} problem={fields.quota}>
        <InputNumber
          min={1}
          max={200}
          precision={0}
          value={form.quota}
          onChange={quota => onChange({ quota: quota ?? 1 })}
          data-testid="plan-quota"
        />
      </Field>
      <div className={styles.wide}>
        <Field
          label={t('leader-day.plan.account')}
          hint={t('leader-day.plan.account.what')}
          problem={fields.staff}
        >
          <Select<string | null>
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={form.staff}
            options={accounts}
            onChange={id => chooseAccount(id ?? null)}
            data-testid="plan-account"
          />
        </Field>
      </div>
      <div className={styles.wide}>
        <Field
          label={t('leader-day.plan.assistants')}
          hint={t('leader-day.plan.assistants.what')}
          problem={fields.assistants}
        >
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            maxCount={10}
            value={form.assistants}
            options={accounts}
            onChange={assistants => onChange({ assistants })}
            data-testid="plan-assistants"
          />
        </Field>
      </div>
    </div>
  )
}
