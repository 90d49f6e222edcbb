import { Button, Input, Popover } from 'antd'
import { useState } from 'react'
import type { DayDutyView } from '../../people/shifts/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import styles from './grid.module.css'

interface Props {
  readonly days: readonly string[]
  readonly today: string
  readonly duties: readonly DayDutyView[]
  readonly onSave: (duty: DayDutyView) => void
}

const DUTIES = ['carrier', 'hotline-office'] as const

/** Each day one from the carrier and one from the hotline office. */
export function DutyRows({ days, today, duties, onSave }: Props) {
  const { t } = useWords()
  return DUTIES.map(duty => (
    <tr key={duty} className={styles.duties}>
      <th scope="row">{t(`shifts.day-duty.${duty}`)}</th>
      {days.map(day => {
        const named = duties.find(one => one.day === day && one.duty === duty)
        return (
          <td key={day} className={css(day === today && styles.today)}>
            <DutyCell duty={named ?? { day, duty, name: '', phone: '' }} onSave={onSave} />
          </td>
        )
      })}
    </tr>
  ))
}

function DutyCell({ duty, onSave }: { readonly duty: DayDutyView; readonly onSave: Props['onSave'] }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      destroyOnHidden
      content={
        <DutyForm
          duty={duty}
          onSave={saved => {
            onSave(saved)
            setOpen(false)
          }}
        />
      }
    >
      <button type="button" className={styles.duty} data-testid={`duty-${duty.duty}-${duty.day}`}>
        {duty.name || '—'}
      </button>
    </Popover>
  )
}

function DutyForm({ duty, onSave }: { readonly duty: DayDutyView; readonly onSave: Props['onSave'] }) {
  const { t } = useWords()
  const [name, setName] = useState(duty.name)
  const [phone, setPhone] = useState(duty.phone)
  return (
    <form
      className={styles.dutyForm}
      onSubmit={event => {
        event.preventDefault()
        onSave({ ...duty, name: name.trim(), phone: phone.trim() })
      }}
    >
      <Input
        autoFocus
        maxLength={40}
        placeholder={t('shifts.day-duty.name')}
        value={name}
        onChange={event => setName(event.target.value)}
        data-testid="duty-name"
      />
      <Input
        maxLength={40}
        placeholder={t('shifts.day-duty.phone')}
        value={phone}
        onChange={event => setPhone(event.target.value)}
      />
      <Button type="primary" htmlType="submit" disabled={name.trim() === ''} data-testid="duty-save">
        {t('shifts.day-duty.save')}
      </Button>
      {duty.name !== '' && (
        <Button danger onClick={() => onSave({ ...duty, name: '' })}>
          {t('shifts.day-duty.clear')}
        </Button>
      )}
    </form>
  )
}
